import { Link } from 'wouter';
import { useClock } from '../app/clock';
import { parseProfileType, titleOf } from '../profile/profile-type';
import { formatAge } from '../profile/age';
import { formatChange, formatRate, formatShare, formatValue, grouped } from '../profile/units';
import { ChangeMark } from '../ui/change-mark';
import { DataTable, type Column } from '../ui/data-table';
import { FunctionName } from '../ui/function-name';
import type { Order } from '../ui/order';
import { Sparkline } from '../ui/sparkline';
import { exploreHref, serviceSelector } from '../url/links';
import { relativeChange, type ServiceLine } from './service-rows';
import './services-table.css';
import { TypeChips } from './type-chips';

export function ServicesTable({ lines, pinned, onPin, order, onOrder, from, until }: ServicesTableProps) {
  const now = useClock((c) => c.now);
  return (
    <DataTable
      label="Services"
      columns={columns({ pinned, onPin, from, until }, now)}
      rows={lines}
      rowKey={(line) => line.service.service}
      order={order}
      onOrder={onOrder}
      rowHeight={30}
    />
  );
}

function columns({ pinned, onPin, from, until }: RowProps, now: number): readonly Column<ServiceLine>[] {
  return [
    {
      id: 'pin',
      title: 'Pin',
      hideTitle: true,
      width: '46px',
      render: ({ service: { service } }) => <Pin service={service} isPinned={pinned.has(service)} onPin={onPin} />,
    },
    {
      id: 'service',
      title: 'Service',
      width: 'minmax(120px, 1.2fr)',
      sortable: true,
      render: ({ service: { service }, mainType }) => (
        <Link href={exploreHref({ type: mainType, selector: serviceSelector(service), from, until })} className="services-name">
          {service || '(no service name)'}
        </Link>
      ),
    },
    {
      id: 'trend',
      title: 'Trend',
      width: '120px',
      render: (line) => (
        <Sparkline values={line.trend} width={100} height={20} label={`${typeTitle(line.mainType)} of ${line.service.service} over time`} />
      ),
    },
    {
      id: 'value',
      title: 'Cost',
      width: '126px',
      numeric: true,
      sortable: true,
      render: (line) => <span title={typeTitle(line.mainType)}>{costOf(line)}</span>,
    },
    { id: 'change', title: 'Change', width: '90px', numeric: true, sortable: true, render: (line) => <Change line={line} /> },
    {
      id: 'types',
      title: 'Profiles',
      width: 'minmax(206px, 1.4fr)',
      render: ({ service }) => <TypeChips service={service.service} types={service.types.map((t) => t.type)} from={from} until={until} />,
    },
    {
      id: 'instances',
      title: 'Instances',
      width: '84px',
      numeric: true,
      sortable: true,
      render: ({ service }) => (service.instances === 0 ? <span className="unit">–</span> : grouped(service.instances)),
    },
    {
      id: 'hottest',
      title: 'Hottest function',
      width: 'minmax(140px, 2fr)',
      sortable: true,
      render: (line) => <Hottest line={line} from={from} until={until} />,
    },
    {
      id: 'last',
      title: 'Seen',
      width: '76px',
      numeric: true,
      sortable: true,
      render: ({ service }) => formatAge(now - service.lastMillis),
    },
  ];
}

function Pin({
  service,
  isPinned,
  onPin,
}: {
  readonly service: string;
  readonly isPinned: boolean;
  onPin(service: string, pin: boolean): void;
}) {
  return (
    <button
      type="button"
      className="services-pin"
      aria-pressed={isPinned}
      aria-label={isPinned ? `Unpin ${service}` : `Pin ${service}`}
      onClick={() => onPin(service, !isPinned)}
    >
      {isPinned ? '★' : '☆'}
    </button>
  );
}

function Change({ line }: { readonly line: ServiceLine }) {
  const change = relativeChange(line);
  if (line.before === 0 && line.value !== null && line.value > 0) return <span className="unit">new</span>;
  if (change === null) return <span className="unit">–</span>;
  return <ChangeMark change={change} text={formatChange(line.before!, line.value!)} />;
}

function Hottest({ line, from, until }: { readonly line: ServiceLine; readonly from: string; readonly until: string }) {
  const { hottest, service, types } = line.service;
  if (!hottest) return <span className="unit">–</span>;
  const total = types.find((t) => t.type === line.mainType)?.total ?? 0;
  return (
    <Link
      href={exploreHref({ type: line.mainType, selector: serviceSelector(service), fn: hottest.function, from, until })}
      className="services-hottest"
    >
      <span className="num unit">{total > 0 ? formatShare(hottest.self, total) : ''}</span>
      <FunctionName name={hottest.function} />
    </Link>
  );
}

function costOf({ value, unit, isGauge }: ServiceLine): string {
  if (value === null) return '–';
  return isGauge ? formatValue(value, unit) : formatRate(value, unit);
}

function typeTitle(type: string): string {
  const { family, measure } = titleOf(parseProfileType(type));
  return `${family} ${measure}`;
}

interface RowProps {
  readonly pinned: ReadonlySet<string>;
  onPin(service: string, pin: boolean): void;
  readonly from: string;
  readonly until: string;
}

interface ServicesTableProps extends RowProps {
  readonly lines: readonly ServiceLine[];
  readonly order: Order;
  onOrder(order: Order): void;
}
