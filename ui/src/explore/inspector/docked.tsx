import type { ReactNode } from 'react';
import type { ViewProps } from '../view-props';
import './docked.css';
import type { FrameRef } from './frame-inspection';
import { Inspector } from './inspector';

/** A view with the inspector at its right. */
export function Docked({
  children,
  frame = null,
  ...props
}: ViewProps & { readonly children: ReactNode; readonly frame?: FrameRef | null }) {
  return (
    <div className="docked">
      <div className="docked-view">{children}</div>
      <Inspector {...props} frame={frame} />
    </div>
  );
}
