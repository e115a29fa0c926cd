import type { Neighbour } from '../../profile/neighbours';
import { formatShare } from '../../profile/units';
import { FunctionName } from '../../ui/function-name';
import { Value } from '../../ui/value';

export interface NeighbourListProps {
  readonly title: string;
  readonly neighbours: readonly Neighbour[];
  /** What shares are of. */
  readonly whole: number;
  readonly unit: string;
  /** What stands there where there are none. */
  readonly none: string;
  /** More than are listed. */
  readonly more?: number;
  readonly onChoose?: (fn: string) => void;
}

/** Functions above or below, largest first. */
export function NeighbourList({ title, neighbours, whole, unit, none, more = 0, onChoose }: NeighbourListProps) {
  return (
    <section className="inspector-section">
      <h3>{title}</h3>
      {neighbours.length === 0 ? <p className="inspector-note">{none}</p> : null}
      <ul className="inspector-list">
        {neighbours.map(({ node, name, total }) => (
          <li key={node} className="inspector-row">
            {onChoose ? (
              <button type="button" className="inspector-row-name" onClick={() => onChoose(name)}>
                <FunctionName name={name} />
              </button>
            ) : (
              <FunctionName name={name} />
            )}
            <span className="num">
              <Value value={total} unit={unit} />
            </span>
            <span className="num unit">{formatShare(total, whole)}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="inspector-note">and {more} more</p> : null}
    </section>
  );
}
