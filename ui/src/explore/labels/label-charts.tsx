import type { LabelChart } from '../../url/explore-state';
import type { LabelRows } from './label-rows';
import type { Picks } from './picks';
import { Pie } from './pie';
import { SmallMultiples } from './small-multiples';
import { Treemap } from './treemap';

export interface LabelChartProps {
  readonly rows: LabelRows;
  readonly unit: string;
  readonly isGauge: boolean;
  readonly colorOf: (value: string) => string;
  readonly picks: Picks;
  /** What is pointed at or has the focus. */
  readonly onActive: (value: string | null) => void;
  readonly onPick: (value: string) => void;
}

export function LabelCharts({ chart, ...props }: LabelChartProps & { readonly chart: LabelChart }) {
  switch (chart) {
    case 'time':
      return <SmallMultiples {...props} />;
    case 'treemap':
      return <Treemap {...props} />;
    case 'pie':
      return <Pie {...props} />;
  }
}
