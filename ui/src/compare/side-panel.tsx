import { useCallback } from 'react';
import { useClock } from '../app/clock';
import { QueryRow } from '../explore/query/query-row';
import { TimePicker } from '../explore/query/time-picker';
import { useCompletedSelection } from '../explore/use-completed-selection';
import { targetOf } from '../api/selection';
import { usePreferences } from '../app/preferences';
import { Timeline } from '../timeline/timeline';
import type { Span } from '../url/param';
import { sideOf, sidePatch, type CompareState, type Side, type SideName } from '../url/compare-state';
import type { Change, Patch } from '../url/use-url-state';
import { SideFile } from './side-file';

export interface SidePanelProps {
  readonly name: SideName;
  readonly state: CompareState;
  readonly change: (patch: Patch<CompareState>, change?: Change) => void;
}

/** One side: what it is of, when, and its own timeline, where dragging selects the stretch that counts. */
export function SidePanel({ name, state, change }: SidePanelProps) {
  const side = sideOf(state, name);
  const now = useClock((c) => c.now);
  const height = usePreferences((p) => p.timelineHeight);
  const patch = useCallback(
    (changed: Partial<Side>, options?: Change) => change((s) => linkedPatch(s, name, changed), options),
    [change, name],
  );
  const isFile = side.file !== null;
  const complete = useCallback(
    (changed: Partial<Side>) => {
      // The types of a file are its own.
      if (!isFile) change(sidePatch(name, changed), { replace: true });
    },
    [change, name, isFile],
  );
  useCompletedSelection(side, complete);
  const target = isFile ? null : targetOf(side, now);
  return (
    <section className={`side-panel side-${name}`} aria-label={name === 'a' ? 'Side A' : 'Side B'}>
      <header className="side-head">
        {side.file === null ? (
          <QueryRow selection={side} change={patch} side={name === 'a' ? 'A' : 'B'}>
            <TimePicker
              from={side.from}
              until={side.until}
              onPick={(window) => patch({ ...window, range: null })}
              of={name === 'a' ? 'A' : 'B'}
            />
            <SideFile side={side} change={patch} />
          </QueryRow>
        ) : (
          <>
            <span className="side-letter" aria-hidden="true">
              {name.toUpperCase()}
            </span>
            <SideFile side={side} change={patch} />
          </>
        )}
      </header>
      {target && height > 0 ? (
        <Timeline
          target={target}
          groupBy=""
          ghost="none"
          range={side.range}
          height={Math.min(height, 96)}
          color={name}
          onRange={(range: Span | null) => patch({ range })}
          onWindow={(from, until) => patch({ from: String(from), until: String(until), range: null })}
        />
      ) : null}
    </section>
  );
}

/** Where the windows are linked, a window chosen on one side is the other's too. */
function linkedPatch(state: CompareState, name: SideName, changed: Partial<Side>): Partial<CompareState> {
  const own = sidePatch(name, changed);
  if (!state.linked) return own;
  const { from, until } = changed;
  const shared: Partial<Side> = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
  return { ...sidePatch(name === 'a' ? 'b' : 'a', shared), ...own };
}
