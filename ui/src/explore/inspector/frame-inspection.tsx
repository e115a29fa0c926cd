import { useMemo } from 'react';
import type { Frames } from '../../profile/frames';
import { formatShare } from '../../profile/units';
import { Value } from '../../ui/value';
import { Fact, Facts } from './facts';
import { frameFacts } from './frame-facts';
import { InspectorHead } from './head';
import { NeighbourList } from './neighbour-list';

/** A frame of a drawn tree: one call site. */
export interface FrameRef {
  readonly frames: Frames;
  readonly node: number;
}

const CALLEES = 5;

/** What the drawn tree knows of the frame under the pointer: nothing is asked, so hovering costs nothing. */
export function FrameInspection({
  frame,
  zoom,
  unit,
}: {
  readonly frame: FrameRef;
  readonly zoom: readonly string[];
  readonly unit: string;
}) {
  const facts = useMemo(() => frameFacts(frame.frames, frame.node, zoom, CALLEES), [frame.frames, frame.node, zoom]);
  const { self, total, parent, view, all } = facts;
  return (
    <>
      <InspectorHead name={facts.name} />
      <Facts>
        <Fact name="Self" value={<Value value={self} unit={unit} />} share={formatShare(self, all)} />
        <Fact name="Total" value={<Value value={total} unit={unit} />} share={formatShare(total, all)} />
        {view < all ? <Fact name="Of view" share={formatShare(total, view)} /> : null}
        {parent ? <Fact name="Of parent" share={formatShare(total, parent.total)} /> : null}
      </Facts>
      {parent && frame.node > 0 ? (
        <NeighbourList title="Called by" neighbours={[{ node: -1, ...parent }]} whole={all} unit={unit} none="" />
      ) : null}
      <NeighbourList
        title="Calls, from here"
        neighbours={facts.callees}
        whole={total}
        unit={unit}
        none={facts.folded > 0 ? 'Folded: zoom in to see them.' : 'Nothing.'}
      />
      {facts.folded > 0 ? <p className="inspector-note">{facts.folded} frames below are folded.</p> : null}
    </>
  );
}
