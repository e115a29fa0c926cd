import type { TimeRange } from '../profile/time';
import type { TimelineModel } from './model';

/** Labels closer than this to the next mark are left to its title. */
const LEAST_DISTANCE = 0.07;

/** Deploys as dashed lines, and what was noted about moments as ticks. */
export function TimelineMarks({ model, window }: { readonly model: TimelineModel; readonly window: TimeRange }) {
  const place = (time: number): number => (time - window.from) / (window.until - window.from);
  const deploys = model.deploys.map((deploy) => ({ ...deploy, at: place(deploy.time) })).filter(({ at }) => at >= 0 && at <= 1);
  return (
    <>
      {deploys.map(({ version, at }, i) => {
        const isFree = (at >= 0.12 ? at - (deploys[i - 1]?.at ?? -1) : (deploys[i + 1]?.at ?? 2) - at) > LEAST_DISTANCE;
        return (
          <div
            key={version}
            className="timeline-deploy"
            data-side={at < 0.12 ? 'right' : 'left'}
            style={{ left: `${at * 100}%` }}
            title={`deploy ${version}`}
          >
            {isFree ? <span>deploy {version}</span> : null}
          </div>
        );
      })}
      {model.notes.map(({ time, text }) => (
        <div key={`${time} ${text}`} className="timeline-note" style={{ left: `${place(time) * 100}%` }} title={text}>
          <span className="visually-hidden">{text}</span>
        </div>
      ))}
    </>
  );
}
