import { useMemo } from 'react';
import type { Frames } from '../../profile/frames';
import { largestChildren } from '../../profile/neighbours';
import { formatShare, grouped } from '../../profile/units';
import { FunctionName } from '../../ui/function-name';
import { Value } from '../../ui/value';

/** Rows that are listed; a function with more callers than this is called by everything. */
const SHOWN = 300;

export interface NeighbourTableProps {
  readonly title: string;
  readonly frames: Frames;
  /** What the function has by itself, as a row of its own: stacks that begin or end here. */
  readonly own: string;
  readonly unit: string;
  readonly onPick: (fn: string) => void;
}

/** Direct callers or callees; choosing one makes the sandwich about it. */
export function NeighbourTable({ title, frames, own, unit, onPick }: NeighbourTableProps) {
  const { largest, count } = useMemo(() => largestChildren(frames, 0, SHOWN), [frames]);
  const total = frames.total[0];
  return (
    <div className="neighbours">
      <div className="neighbours-scroll" tabIndex={0} role="group" aria-label={`${title}, ${count}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col" className="num">
                Total
              </th>
              <th scope="col" className="num">
                %
              </th>
            </tr>
          </thead>
          <tbody>
            {frames.self[0] > 0 ? (
              <tr>
                <td className="unit">{own}</td>
                <td className="num">
                  <Value value={frames.self[0]} unit={unit} />
                </td>
                <td className="num">{formatShare(frames.self[0], total)}</td>
              </tr>
            ) : null}
            {largest.map(({ node, name, total: value }) => (
              <tr key={node}>
                <td>
                  <button type="button" onClick={() => onPick(name)}>
                    <FunctionName name={name} />
                  </button>
                </td>
                <td className="num">
                  <Value value={value} unit={unit} />
                </td>
                <td className="num">{formatShare(value, total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {count > largest.length ? <p>and {grouped(count - largest.length)} smaller ones</p> : null}
      </div>
    </div>
  );
}
