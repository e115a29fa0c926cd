import type { Target } from '../../api/selection';
import { usePreferences } from '../../app/preferences';
import { ResizeHandle } from '../../timeline/resize-handle';
import { GHOSTS } from '../../timeline/ghost';
import { Timeline } from '../../timeline/timeline';
import type { ExploreState } from '../../url/explore-state';
import type { Change, Patch } from '../../url/use-url-state';
import { ChoiceMenu } from '../tools/choice-menu';
import './timeline-row.css';

const DEFAULT_HEIGHT = 132;

export interface TimelineRowProps {
  readonly target: Target;
  readonly state: ExploreState;
  readonly change: (patch: Patch<ExploreState>, change?: Change) => void;
}

/** The timeline of Explore: as high as one likes, or folded away. */
export function TimelineRow({ target, state, change }: TimelineRowProps) {
  const { timelineHeight, set } = usePreferences();
  if (timelineHeight === 0) {
    return (
      <div className="timeline-row timeline-row-folded">
        <button
          type="button"
          className="button button-plain button-small"
          aria-expanded="false"
          onClick={() => set({ timelineHeight: DEFAULT_HEIGHT })}
        >
          ▸ Timeline
        </button>
      </div>
    );
  }
  return (
    <div className="timeline-row">
      <Timeline
        target={target}
        groupBy={state.groupBy}
        ghost={state.ghost}
        range={state.range}
        onRange={(range) => change({ range })}
        onWindow={(from, until) => change({ from: String(from), until: String(until), range: null })}
        height={timelineHeight}
      >
        <ChoiceMenu
          label={state.ghost === 'none' ? 'Behind it' : '- - Behind it'}
          choices={GHOSTS}
          value={state.ghost}
          onChoose={(ghost) => change({ ghost })}
        />
        <button
          type="button"
          className="button"
          aria-expanded="true"
          aria-label="Fold the timeline away"
          onClick={() => set({ timelineHeight: 0 })}
        >
          ▾
        </button>
      </Timeline>
      <ResizeHandle
        label="Height of the timeline"
        height={timelineHeight}
        least={84}
        most={420}
        onHeight={(height) => set({ timelineHeight: height })}
      />
    </div>
  );
}
