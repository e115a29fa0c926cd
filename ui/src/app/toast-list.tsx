import { useToasts } from './toasts';
import './toast-list.css';

export function Toasts() {
  const toasts = useToasts((t) => t.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text }) => (
        <div key={id} className="toast">
          {text}
        </div>
      ))}
    </div>
  );
}
