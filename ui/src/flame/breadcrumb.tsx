import type { ReactElement } from 'react';
import { nameOf, ROOT_NAME, type Frames } from '../profile/frames';
import { partsOf } from '../profile/packages';
import { formatShare, formatValue } from '../profile/units';

interface BreadcrumbProps {
  readonly frames: Frames;
  readonly zoom: number;
  readonly unit: string;
  readonly onZoom: (node: number) => void;
}

/** Crumbs beyond this stand as one "…": the first two and the last ones are what one goes back to. */
const CRUMBS_MAX = 8;

/** The callers of the zoomed frame, outermost first; each zooms to itself. */
export function Breadcrumb({ frames, zoom, unit, onZoom }: BreadcrumbProps): ReactElement {
  const nodes: number[] = [];
  for (let node = zoom; node >= 0; node = frames.parent[node]) nodes.unshift(node);
  const hidden = nodes.length > CRUMBS_MAX ? nodes.splice(2, nodes.length - CRUMBS_MAX) : [];
  return (
    <div className="flame-graph-crumbs" role="group" aria-label="Callers of the zoomed frame">
      {frames.ancestors.map((ancestor, i) => (
        <span key={`outer-${i}`} className="flame-graph-crumb" title="Outside of this part of the tree">
          {shorten(ancestor.name ?? ROOT_NAME)}
        </span>
      ))}
      {nodes.map((node, i) => (
        <span key={node} className="flame-graph-crumb-place">
          {i === 2 && hidden.length > 0 && <span className="flame-graph-crumb">… {hidden.length} …</span>}
          {node === zoom ? (
            <span className="flame-graph-crumb flame-graph-crumb-here" aria-current="true">
              {shorten(nameOf(frames, node))}
            </span>
          ) : (
            <button type="button" className="flame-graph-crumb" title={nameOf(frames, node)} onClick={() => onZoom(node)}>
              {shorten(nameOf(frames, node))}
            </button>
          )}
        </span>
      ))}
      <span className="flame-graph-crumb-value">
        {formatValue(frames.total[zoom], unit)} · {formatShare(frames.total[zoom], frames.total[0])}
      </span>
    </div>
  );
}

/** Without package: a breadcrumb has little room, and its title has the whole. */
function shorten(name: string): string {
  return name.slice(partsOf(name).functionAt) || name;
}
