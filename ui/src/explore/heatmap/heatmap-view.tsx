import { useMemo } from 'react';
import type { Exemplar } from '../../api/heatmap';
import { usePreferences } from '../../app/preferences';
import { countIn, formatBox, isIn, parseBox } from '../../profile/heatmap';
import { zoneOf } from '../../profile/time';
import { formatValue, grouped } from '../../profile/units';
import { spanTitle } from '../../timeline/format';
import { Empty, Failure, Pane } from '../../ui/states';
import { NoStacks } from '../no-stacks';
import type { ViewProps } from '../view-props';
import { ExemplarTable, idOf } from './exemplar-table';
import { HeatLegend } from './heat-legend';
import { HeatPlot } from './heat-plot';
import './heatmap-view.css';
import { sharedLabels } from './shared-labels';
import { useHeatmap } from './use-heatmap';

/** How single profiles, or spans of requests, spread over time and value: the few that cost most are one click away. */
export default function HeatmapView({ target, state, change, unit }: ViewProps) {
  const { grid, exemplars, isBusy, error, retry } = useHeatmap(target, state.heat);
  const zone = zoneOf(usePreferences((p) => p.timeZone));
  const box = useMemo(() => parseBox(state.heatBox), [state.heatBox]);
  const shared = useMemo(() => sharedLabels(exemplars), [exemplars]);
  const inside = useMemo(() => (box && grid ? exemplars.filter((e) => isIn(e, box, grid)) : exemplars), [exemplars, box, grid]);
  const noun = state.heat === 'span' ? 'spans' : 'profiles';

  const open = (exemplar: Exemplar): void => {
    const id = idOf(exemplar, state.heat);
    const { range } = state;
    const isOutside = range !== null && (exemplar.time < range.from || exemplar.time > range.until);
    change({
      view: 'flame',
      zoom: [],
      spans: state.heat === 'span' ? [id] : [],
      profiles: state.heat === 'span' ? [] : [id],
      ...(isOutside ? { range: null } : {}),
    });
  };
  if (error) return <Failure error={error} retry={retry} />;
  return (
    <Pane busy={isBusy} label="Heatmap" className="heatmap">
      <div className="heatmap-tools">
        <div className="segmented" role="group" aria-label="Counted">
          {(['individual', 'span'] as const).map((heat) => (
            <button key={heat} type="button" aria-pressed={state.heat === heat} onClick={() => change({ heat, heatBox: null })}>
              {heat === 'span' ? 'Spans' : 'Profiles'}
            </button>
          ))}
        </div>
        {grid ? <HeatLegend most={grid.most} noun={noun} /> : null}
        {grid && box ? (
          <span className="range-chip">
            <span className="num">
              {spanTitle(box.from - 1, box.until, zone).slice(11)}, {formatValue(box.low, unit)} to {formatValue(box.high, unit)}
            </span>
            <span className="unit">
              {grouped(countIn(grid, box))} {noun}
            </span>
            <button type="button" onClick={() => change({ range: { from: box.from, until: box.until } })}>
              select this time
            </button>
            <button type="button" aria-label="No box" onClick={() => change({ heatBox: null })}>
              ×
            </button>
          </span>
        ) : null}
      </div>
      {grid ? (
        <div className="heatmap-panes">
          <HeatPlot
            grid={grid}
            window={target.window}
            zone={zone}
            unit={unit}
            noun={noun}
            box={box}
            onBox={(drawn) => change({ heatBox: drawn && formatBox(drawn) })}
            onRange={(range) => change({ range })}
          />
          <section className="heatmap-exemplars" aria-label="Exemplars">
            <p className="heatmap-note">
              {inside.length === 0
                ? 'Nothing in this box.'
                : `${box ? 'In the box' : 'All'}: the largest of each cell, ${grouped(inside.length)} of ${grouped(box ? countIn(grid, box) : grid.sum)} ${noun}`}
            </p>
            <ExemplarTable
              exemplars={inside}
              kind={state.heat}
              unit={unit}
              zone={zone}
              shared={shared}
              chosen={[...state.spans, ...state.profiles]}
              onOpen={open}
            />
          </section>
        </div>
      ) : isBusy ? null : state.heat === 'span' ? (
        <Empty title="No spans in this window: the agent must be told of requests for its profiles to name them.">
          <button type="button" className="button" onClick={() => change({ heat: 'individual', heatBox: null })}>
            Show profiles
          </button>
        </Empty>
      ) : (
        <NoStacks state={{ ...state, range: null, transforms: [], spans: [], profiles: [] }} change={change} target={target} />
      )}
    </Pane>
  );
}
