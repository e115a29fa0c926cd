import { Link } from 'wouter';
import { formatChange, formatRate, formatShare } from '../profile/units';
import { ChangeMark } from '../ui/change-mark';
import { DataTable, type Column } from '../ui/data-table';
import { FunctionName } from '../ui/function-name';
import { compareHref, exploreHref } from '../url/links';
import type { MoverRow } from './mover-rows';
import './movers-table.css';

/** What got dearer and cheaper, the largest effect first. */
export function MoversTable({ rows, unit }: { readonly rows: readonly MoverRow[]; readonly unit: string }) {
  const most = Math.max(...rows.map((row) => Math.abs(row.effect)), Number.MIN_VALUE);
  return <DataTable label="Top movers" columns={columns(unit, most)} rows={rows} rowKey={(row) => `${row.service} ${row.fn}`} />;
}

function columns(unit: string, most: number): readonly Column<MoverRow>[] {
  const side = (row: MoverRow, value: number): string => (row.scale === 'rate' ? formatRate(value, unit) : formatShare(value, 1));
  return [
    {
      id: 'change',
      title: 'Change',
      width: '176px',
      numeric: true,
      render: (row) => <ChangeMark change={row.effect} text={formatRate(Math.abs(row.effect), unit)} />,
    },
    { id: 'bar', title: 'Size', hideTitle: true, width: 'minmax(50px, 160px)', render: (row) => <Bar effect={row.effect} most={most} /> },
    {
      id: 'relative',
      title: 'Relative change',
      hideTitle: true,
      width: '76px',
      numeric: true,
      render: (row) => <span className="unit">{formatChange(row.before, row.after)}</span>,
    },
    {
      id: 'function',
      title: 'Function',
      width: 'minmax(200px, 3fr)',
      render: (row) => (
        <Link href={exploreHref({ ...row.right, fn: row.fn })} className="movers-function">
          <FunctionName name={row.fn} />
        </Link>
      ),
    },
    { id: 'service', title: 'Service', width: 'minmax(100px, 1fr)', render: (row) => row.service },
    { id: 'before', title: 'Before', width: '130px', numeric: true, render: (row) => side(row, row.before) },
    { id: 'after', title: 'Now', width: '130px', numeric: true, render: (row) => side(row, row.after) },
    {
      id: 'compare',
      title: 'Comparison',
      hideTitle: true,
      width: '84px',
      render: (row) => <Link href={compareHref(row.left, row.right, row.fn)}>Compare</Link>,
    },
  ];
}

function Bar({ effect, most }: { readonly effect: number; readonly most: number }) {
  const className = effect > 0 ? 'movers-bar movers-bar-more' : 'movers-bar movers-bar-less';
  return <div className={className} style={{ width: `${(100 * Math.abs(effect)) / most}%` }} />;
}
