import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useTheme } from '../../app/theme';
import { isGauge, parseProfileType } from '../../profile/profile-type';
import { seriesColors } from '../../timeline/series-colors';
import { Failure, Pane } from '../../ui/states';
import { LABEL_CHARTS, type LabelChart } from '../../url/explore-state';
import { NoStacks } from '../no-stacks';
import { Picker } from '../query/picker';
import type { ViewProps } from '../view-props';
import { LabelCharts } from './label-charts';
import { LabelTable } from './label-table';
import './labels-view.css';
import { compareAddress, onlyValue, togglePick, withoutValue, type Picks } from './picks';
import { useLabels } from './use-labels';
import { NEUTRAL } from './value-name';

const CHART_TITLES: Readonly<Record<LabelChart, string>> = { time: 'Over time', treemap: 'Treemap', pie: 'Pie' };

/** Which values of a label a total belongs to, and how each went over time. */
export default function LabelsView({ target, state, change, unit }: ViewProps) {
  const { labels, label, rows, isBusy, error, retry } = useLabels(target, state.label);
  const theme = useTheme();
  const [active, setActive] = useState<string | null>(null);
  const [picked, setPicked] = useState<{ readonly of: string | null; readonly picks: Picks }>({ of: label, picks: [] });
  const picks = picked.of === label ? picked.picks : [];
  const colorOf = useMemo(() => colorsOf(rows?.rows.map((row) => row.value) ?? [], seriesColors(theme)), [rows, theme]);
  if (error) return <Failure error={error} retry={retry} />;
  if (!isBusy && rows === null && labels.length === 0) return <NoStacks state={state} change={change} target={target} />;
  const [a, b] = [picks.at(0), picks.at(1)];
  const items = labels.map((l) => ({ id: l.label, title: l.label, note: `${l.valueCount} ${l.valueCount === 1 ? 'value' : 'values'}` }));
  return (
    <Pane busy={isBusy} label="Labels" className="labels">
      <div className="labels-tools">
        <Picker label="Label" placeholder="A label …" items={items} onPick={(picked) => change({ label: picked })}>
          Label <strong>{label ?? '–'}</strong>
        </Picker>
        <span className="unit">{rows ? counted(rows.rows.length, rows.left) : ''}</span>
        {label !== null && a !== undefined && b !== undefined ? (
          <Link className="button button-primary" href={compareAddress(state, label, [a, b])}>
            Compare A and B
          </Link>
        ) : (
          <span className="unit">Tick two values to compare them.</span>
        )}
        <div className="segmented labels-charts" role="group" aria-label="Chart">
          {LABEL_CHARTS.map((chart) => (
            <button key={chart} type="button" aria-pressed={state.labelChart === chart} onClick={() => change({ labelChart: chart })}>
              {CHART_TITLES[chart]}
            </button>
          ))}
        </div>
      </div>
      {label !== null && rows ? (
        <div className="labels-panes">
          <LabelTable
            label={label}
            rows={rows.rows}
            unit={unit}
            isGauge={isGauge(parseProfileType(target.type))}
            order={state.labelOrder}
            onOrder={(labelOrder) => change({ labelOrder })}
            colorOf={colorOf}
            active={active}
            picks={picks}
            onPick={(value) => setPicked({ of: label, picks: togglePick(picks, value) })}
            onOnly={(value) => change({ selector: onlyValue(state.selector, label, value) })}
            onWithout={(value) => change({ selector: withoutValue(state.selector, label, value) })}
          />
          <LabelCharts
            chart={state.labelChart}
            rows={rows}
            unit={unit}
            isGauge={isGauge(parseProfileType(target.type))}
            colorOf={colorOf}
            picks={picks}
            onActive={setActive}
            onPick={(value) => setPicked({ of: label, picks: togglePick(picks, value) })}
          />
        </div>
      ) : null}
    </Pane>
  );
}

function counted(shown: number, left: number): string {
  return left > 0 ? `the ${shown} largest of ${shown + left} values` : `${shown} ${shown === 1 ? 'value' : 'values'}`;
}

/** By name, as the timeline colours them: the largest dozen have a colour, others are neutral. */
function colorsOf(values: readonly string[], colors: readonly string[]): (value: string) => string {
  const named = values.slice(0, colors.length).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const byValue = new Map(named.map((value, i) => [value, colors[i]]));
  return (value) => byValue.get(value) ?? NEUTRAL;
}
