import type { UseQueryResult } from '@tanstack/react-query';
import type { FunctionLines } from '../../api/lines';
import { Value } from '../../ui/value';
import { fileName, hottest } from '../source/line-heat';
import { Section } from './section';

const LINES = 6;

/** The lines that cost most, in the order of the file, with their heat. */
export function HotLines({
  answer,
  unit,
  onOpen,
}: {
  readonly answer: UseQueryResult<FunctionLines>;
  readonly unit: string;
  readonly onOpen: () => void;
}) {
  return (
    <Section title="Source, self time per line" answer={answer}>
      {({ files }) => {
        const file = files.at(0);
        const lines = file ? hottest(file.lines, LINES) : [];
        if (!file || lines.length === 0) return <p className="inspector-note">The profiles name no lines of it.</p>;
        return (
          <>
            <ol className="inspector-lines">
              {lines.map(({ line, self, total, heat }) => (
                <li key={line} style={{ '--heat': heat }}>
                  <span className="num">{self > 0 ? <Value value={self} unit={unit} /> : ''}</span>
                  <span className="num unit">{line}</span>
                  <span className="inspector-lines-file">{fileName(file.file)}</span>
                  <span className="num unit">
                    <Value value={total} unit={unit} />
                  </span>
                </li>
              ))}
            </ol>
            <button type="button" className="inspector-link" onClick={onOpen}>
              Open the source
            </button>
          </>
        );
      }}
    </Section>
  );
}
