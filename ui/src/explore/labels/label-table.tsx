import { useMemo, type ReactNode } from 'react';
import { formatShare, formatValue } from '../../profile/units';
import { DataTable, type Column } from '../../ui/data-table';
import { sortRows, type Order, type SortKey } from '../../ui/order';
import { Rate, Value } from '../../ui/value';
import type { LabelRow } from './label-rows';
import { pickLetter, type Picks } from './picks';
import { valueName } from './value-name';

export interface LabelTableProps {
  readonly label: string;
  readonly rows: readonly LabelRow[];
  readonly unit: string;
  readonly isGauge: boolean;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly colorOf: (value: string) => string;
  /** The value that is pointed at in a chart. */
  readonly active: string | null;
  readonly picks: Picks;
  readonly onPick: (value: string) => void;
  readonly onOnly: (value: string) => void;
  readonly onWithout: (value: string) => void;
}

/** Totals are exact; mean, deviation and maximum are per second. */
export function LabelTable(props: LabelTableProps) {
  const { label, rows, order, onOrder } = props;
  const sorted = useMemo(() => sortRows(rows, order.descending, (row) => sortKey(row, order.column)), [rows, order]);
  return (
    <DataTable
      label={`Values of ${label}`}
      className="labels-table"
      columns={columnsOf(props)}
      rows={sorted}
      rowKey={(row) => row.value}
      order={order}
      onOrder={onOrder}
    />
  );
}

function columnsOf({
  label,
  unit,
  isGauge,
  colorOf,
  active,
  picks,
  onPick,
  onOnly,
  onWithout,
}: LabelTableProps): readonly Column<LabelRow>[] {
  const rate = (value: number | null): ReactNode => {
    if (value === null || Number.isNaN(value)) return '–';
    return isGauge ? <Value value={value} unit={unit} /> : <Rate perSecond={value} unit={unit} />;
  };
  const number = (id: string, title: string, width: string, render: (row: LabelRow) => ReactNode): Column<LabelRow> => ({
    id,
    title,
    width,
    numeric: true,
    sortable: true,
    render,
  });
  return [
    {
      id: 'pick',
      title: 'Pick',
      width: '46px',
      render: ({ value }) => (
        <label className="labels-pick" data-side={pickLetter(picks, value)}>
          <input
            type="checkbox"
            checked={picks.includes(value)}
            aria-label={`Compare ${valueName(value)}`}
            onChange={() => onPick(value)}
          />
          {pickLetter(picks, value)}
        </label>
      ),
    },
    {
      id: 'value',
      title: label,
      width: 'minmax(120px, 1fr)',
      sortable: true,
      render: ({ value }) => (
        <span className="labels-value" data-active={value === active} title={valueName(value)}>
          <span className="timeline-swatch" style={{ background: colorOf(value) }} />
          {valueName(value)}
        </span>
      ),
    },
    number('total', 'Total', '88px', ({ total }) => <Value value={total} unit={unit} />),
    number('share', 'Share', '70px', ({ share }) => formatShare(share, 1)),
    number('mean', isGauge ? 'Mean' : 'Mean/s', '124px', ({ mean }) => rate(mean)),
    number('deviation', 'Std dev', '124px', ({ deviation }) => rate(deviation)),
    number('max', 'Max', '124px', ({ max }) => rate(max)),
    {
      id: 'actions',
      title: 'Selector',
      width: '118px',
      render: ({ value, total }) => (
        <span className="labels-actions">
          <button type="button" title={`${formatValue(total, unit)} stay`} onClick={() => onOnly(value)}>
            only this
          </button>
          <button type="button" onClick={() => onWithout(value)}>
            without
          </button>
        </span>
      ),
    },
  ];
}

function sortKey(row: LabelRow, column: string): SortKey {
  switch (column) {
    case 'value':
      return row.value;
    case 'share':
      return row.share;
    case 'mean':
      return Number.isNaN(row.mean) ? null : row.mean;
    case 'deviation':
      return row.deviation;
    case 'max':
      return row.max;
    default:
      return row.total;
  }
}
