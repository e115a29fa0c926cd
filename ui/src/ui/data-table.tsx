import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { nextOrder, type Order } from './order';
import { visibleRows } from './visible-rows';
import './data-table.css';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** Where the column speaks for itself: its title is for screen readers only. */
  readonly hideTitle?: boolean;
  /** As in `grid-template-columns`. */
  readonly width: string;
  /** Right aligned, digits of equal width, and the largest first at the first click. */
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  render(row: T): ReactNode;
}

export interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** Undefined where a row is not loaded yet. */
  readonly rows: readonly (T | undefined)[];
  rowKey(row: T): string;
  readonly order?: Order;
  readonly onOrder?: (order: Order) => void;
  /** Pixels. */
  readonly rowHeight?: number;
  /** Called with the rows on the screen, for pages that come from the server. */
  readonly onVisible?: (first: number, end: number) => void;
  readonly className?: string;
}

/** A table of rows of one height, of which only those on the screen exist: a million cost no more than fifty. */
export function DataTable<T>({
  label,
  columns,
  rows,
  rowKey,
  order,
  onOrder,
  rowHeight = 26,
  onVisible,
  className = '',
}: DataTableProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [{ scrolled, height }, setView] = useState({ scrolled: 0, height: 800 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setView({ scrolled: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const { first, end } = visibleRows(scrolled, height, rowHeight, rows.length);
  useEffect(() => onVisible?.(first, end), [first, end, onVisible]);
  const style = {
    '--data-table-columns': columns.map((c) => c.width).join(' '),
    '--data-table-row': `${rowHeight}px`,
  } as CSSProperties;
  return (
    <div
      ref={box}
      className={`data-table ${className}`}
      tabIndex={0}
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      style={style}
    >
      <div role="rowgroup" className="data-table-head">
        <div role="row" className="data-table-row" aria-rowindex={1}>
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} order={order} onOrder={onOrder} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="data-table-body" style={{ height: rows.length * rowHeight, paddingTop: first * rowHeight }}>
        {rows.slice(first, end).map((row, i) => (
          <div
            key={row === undefined ? `row ${first + i}` : rowKey(row)}
            role="row"
            aria-rowindex={first + i + 2}
            className="data-table-row"
            aria-busy={row === undefined}
          >
            {columns.map((column) => (
              <div key={column.id} role="cell" className={column.numeric ? 'data-table-cell num' : 'data-table-cell'}>
                {row === undefined ? null : column.render(row)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps<T> {
  readonly column: Column<T>;
  readonly order: Order | undefined;
  readonly onOrder: ((order: Order) => void) | undefined;
}

function HeaderCell<T>({ column, order, onOrder }: HeaderCellProps<T>) {
  const isSorted = order?.column === column.id;
  const className = column.numeric ? 'data-table-title data-table-title-num' : 'data-table-title';
  if (!column.sortable || !order || !onOrder) {
    return (
      <div role="columnheader" className={className}>
        {column.hideTitle ? <span className="visually-hidden">{column.title}</span> : column.title}
      </div>
    );
  }
  return (
    <div role="columnheader" className={className} aria-sort={isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={() => onOrder(nextOrder(order, column.id, column.numeric ?? false))}>
        {column.title}
        <span aria-hidden="true">{isSorted ? (order.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </div>
  );
}
