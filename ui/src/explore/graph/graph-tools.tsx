import { useState } from 'react';
import { askDot } from '../../api/dot';
import type { Target } from '../../api/selection';
import { ask } from '../../api/transport';
import { toast } from '../../app/toasts';
import type { CallGraph } from '../../profile/call-graph';
import { foldedOf } from '../../profile/folded';
import type { Frames } from '../../profile/frames';
import { formatShare, grouped } from '../../profile/units';
import { saveFile } from '../../ui/save-file';

export const BUDGETS = [20, 40, 80, 160] as const;

export interface GraphToolsProps {
  readonly target: Target;
  readonly frames: Frames;
  readonly graph: CallGraph;
  readonly budget: number;
  readonly onBudget: (budget: number) => void;
}

/** How much of the tree the graph shows, and what it leaves out. */
export function GraphTools({ target, frames, graph, budget, onBudget }: GraphToolsProps) {
  const [saving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    try {
      const { bytes } = await ask(askDot(target, budget));
      saveFile(new Blob([bytes as BlobPart], { type: 'text/vnd.graphviz' }), 'profile.dot');
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className="graph-tools">
      <div className="segmented" role="group" aria-label="Functions in the graph">
        {BUDGETS.map((size) => (
          <button key={size} type="button" aria-pressed={size === budget} onClick={() => onBudget(size)}>
            {size}
          </button>
        ))}
      </div>
      <span role="status">{told(graph, frames)}</span>
      <button type="button" className="button button-small" disabled={saving} onClick={() => void save()}>
        Save as DOT
      </button>
    </div>
  );
}

function told({ nodes, cut }: CallGraph, frames: Frames): string {
  const all = frames.total[0];
  const functions = nodes.length + cut.functions;
  const folded = foldedOf(frames);
  const parts = [
    cut.functions === 0 ? `All ${grouped(functions)} functions` : `${grouped(nodes.length)} of ${grouped(functions)} functions`,
  ];
  if (cut.functions > 0) parts.push(`those left out hold ${formatShare(cut.self, all)} by themselves`);
  if (cut.edges > 0) parts.push(`${grouped(cut.edges)} calls below 0.5% are not drawn`);
  if (folded.nodes > 0) parts.push(`${formatShare(folded.value, all)} is folded in the tree and not counted`);
  return parts.join(' · ');
}
