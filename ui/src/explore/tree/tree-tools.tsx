import type { ViewProps } from '../view-props';

export interface TreeToolsProps extends Pick<ViewProps, 'state' | 'change'> {
  readonly note?: string;
  readonly onHotPath?: () => void;
  readonly onCollapse: () => void;
}

export function TreeTools({ state, change, note = '', onHotPath, onCollapse }: TreeToolsProps) {
  return (
    <div className="tree-tools">
      <div className="segmented" role="group" aria-label="Direction of the tree">
        <button type="button" aria-pressed={!state.bottomUp} onClick={() => change({ bottomUp: false })}>
          Top down
        </button>
        <button type="button" aria-pressed={state.bottomUp} onClick={() => change({ bottomUp: true })}>
          Bottom up
        </button>
      </div>
      {onHotPath ? (
        <button type="button" className="button button-small" onClick={onHotPath}>
          Open the hot path
        </button>
      ) : null}
      <button type="button" className="button button-small" onClick={onCollapse}>
        Close all
      </button>
      <span role="status">{note}</span>
    </div>
  );
}
