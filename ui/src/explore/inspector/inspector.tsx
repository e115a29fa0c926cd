import { nameOf } from '../../profile/frames';
import type { ViewProps } from '../view-props';
import { FrameInspection, type FrameRef } from './frame-inspection';
import { FunctionInspection } from './function-inspection';
import './inspector.css';

export interface InspectorProps extends ViewProps {
  /** The frame under the pointer or the keyboard's focus; null where there is none. */
  readonly frame: FrameRef | null;
}

/** What is known about one function: the frame that is pointed at, else the selected function of the address. */
export function Inspector({ frame, ...props }: InspectorProps) {
  const { fn } = props.state;
  const isElsewhere = frame !== null && nameOf(frame.frames, frame.node) !== fn;
  return (
    <aside className="inspector" aria-label="Inspector" tabIndex={0}>
      {isElsewhere ? (
        <FrameInspection frame={frame} zoom={props.state.zoom} unit={props.unit} />
      ) : fn !== null ? (
        <FunctionInspection key={fn} {...props} fn={fn} />
      ) : (
        <p className="inspector-hint">Point at a frame, or choose a function, to see what is known about it.</p>
      )}
    </aside>
  );
}
