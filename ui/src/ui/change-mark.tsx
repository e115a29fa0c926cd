import './change-mark.css';

/** Which way something went: a glyph, a colour and the text, so that none of them is the only sign. */
export function ChangeMark({ change, text }: { readonly change: number; readonly text: string }) {
  const way = change > 0 ? 'more' : change < 0 ? 'less' : 'same';
  return (
    <span className={`change-mark change-mark-${way}`}>
      <span aria-label={{ more: 'up', less: 'down', same: 'unchanged' }[way]} role="img">
        {{ more: '▲', less: '▼', same: '=' }[way]}
      </span>{' '}
      {text}
    </span>
  );
}
