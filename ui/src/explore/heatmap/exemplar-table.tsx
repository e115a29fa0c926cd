import type { Exemplar, HeatKind } from '../../api/heatmap';
import { formatTime, type Millis } from '../../profile/time';
import { DataTable, type Column } from '../../ui/data-table';
import { CopyButton } from '../../ui/copy-button';
import { Value } from '../../ui/value';

export interface ExemplarTableProps {
  readonly exemplars: readonly Exemplar[];
  readonly kind: HeatKind;
  readonly unit: string;
  readonly zone: string;
  /** Labels that all of them share say nothing and are left out. */
  readonly shared: ReadonlySet<string>;
  /** Ids that the flame graph is of. */
  readonly chosen: readonly string[];
  readonly onOpen: (exemplar: Exemplar) => void;
}

export function ExemplarTable({ exemplars, kind, unit, zone, shared, chosen, onOpen }: ExemplarTableProps) {
  const columns: readonly Column<Exemplar>[] = [
    { id: 'time', title: 'Time', width: '124px', render: ({ time }) => <Time time={time} zone={zone} /> },
    { id: 'value', title: 'Value', width: '86px', numeric: true, render: ({ value }) => <Value value={value} unit={unit} /> },
    { id: 'labels', title: 'Labels', width: 'minmax(90px, 1fr)', render: ({ labels }) => <Labels pairs={labels} shared={shared} /> },
    {
      id: 'open',
      title: kind === 'span' ? 'Span' : 'Profile',
      width: '112px',
      render: (exemplar) => (
        <span className="exemplar-id">
          <button
            type="button"
            className="button button-small"
            aria-pressed={chosen.includes(idOf(exemplar, kind))}
            title={`Flame graph of ${idOf(exemplar, kind)}`}
            onClick={() => onOpen(exemplar)}
          >
            Open
          </button>
          <CopyButton text={idOf(exemplar, kind)} label="id" what="the id" />
        </span>
      ),
    },
  ];
  return <DataTable label="Exemplars" columns={columns} rows={exemplars} rowKey={(e) => `${e.profileId} ${e.spanId} ${e.time}`} />;
}

export function idOf(exemplar: Exemplar, kind: HeatKind): string {
  return kind === 'span' ? exemplar.spanId : exemplar.profileId;
}

function Labels({ pairs, shared }: { readonly pairs: Exemplar['labels']; readonly shared: ReadonlySet<string> }) {
  const told = pairs.filter(({ name, value }) => !name.startsWith('__') && !shared.has(`${name}=${value}`));
  const text = told.map(({ name, value }) => `${name}=${value}`).join(' ');
  return <span title={text}>{text}</span>;
}

/** The year can be read from the window. */
function Time({ time, zone }: { readonly time: Millis; readonly zone: string }) {
  const text = formatTime(time, zone);
  return (
    <span className="num" title={text}>
      {text.slice(5)}
    </span>
  );
}
