import { askFunction } from '../../api/function-details';
import { functionPage } from '../../api/functions';
import { askLines, functionLines } from '../../api/lines';
import { askSandwich, sandwich } from '../../api/stacks';
import { useAnswer } from '../../api/use-answer';
import { largestChildren } from '../../profile/neighbours';
import { isGauge, parseProfileType } from '../../profile/profile-type';
import { formatShare, isTime, rateParts } from '../../profile/units';
import { copyText } from '../../ui/copy-text';
import { Rate, Value } from '../../ui/value';
import { fileName } from '../source/line-heat';
import type { ViewProps } from '../view-props';
import { ChangeFact } from './change-fact';
import { CostOverTime } from './cost-over-time';
import { Fact, Facts } from './facts';
import { InspectorHead } from './head';
import { HotLines } from './hot-lines';
import { LabelSplitSection } from './label-split';
import { NeighbourList } from './neighbour-list';
import { Section } from './section';

const NEIGHBOURS = 5;

/** A selected function over the whole selection, exact: every part is asked for by itself and shown when it is here. */
export function FunctionInspection({ target, state, change, unit, fn }: ViewProps & { readonly fn: string }) {
  const exact = useAnswer(askFunction(target, fn), functionPage, { keep: false });
  const lines = useAnswer(askLines(target, fn), functionLines, { keep: false });
  const neighbours = useAnswer(askSandwich(target, fn, null), sandwich, { keep: false });
  const row = exact.data?.functions.at(0);
  const all = exact.data?.total ?? 0;
  const seconds = (target.stacks.until - target.stacks.from) / 1000;
  const file = lines.data?.files.at(0);
  const place = file?.file ? `${fileName(file.file)}${file.startLine > 0 ? `:${file.startLine}` : ''}` : undefined;
  if (exact.data && !row) return <NotFound fn={fn} />;
  const choose = (name: string): void => change({ fn: name });
  return (
    <>
      <InspectorHead name={fn} place={place} />
      <div className="inspector-actions">
        <button type="button" className="button button-small" onClick={() => change({ view: 'sandwich' })}>
          Sandwich
        </button>
        <button type="button" className="button button-small" onClick={() => change({ view: 'source' })}>
          Source
        </button>
        <button type="button" className="button button-small" onClick={() => void copyText(fn, 'the name')}>
          Copy name
        </button>
      </div>
      <Facts>
        <Fact name="Self" value={row ? <Value value={row.self} unit={unit} /> : '…'} share={row ? formatShare(row.self, all) : ''} />
        <Fact name="Total" value={row ? <Value value={row.total} unit={unit} /> : '…'} share={row ? formatShare(row.total, all) : ''} />
        {row && !isGauge(parseProfileType(target.type)) ? (
          <Fact
            name={isTime(unit) ? 'Cores' : 'Per second'}
            value={<Rate perSecond={row.total / seconds} unit={unit} />}
            share={`of ${rateParts(all / seconds, unit).number}`}
          />
        ) : null}
        <ChangeFact target={target} fn={fn} by={state.ghost === 'none' ? 'before' : state.ghost} unit={unit} />
      </Facts>
      <CostOverTime target={target} fn={fn} unit={unit} />
      {neighbours.data ? (
        <>
          <Around title="Top callers" frames={neighbours.data.callers} none="Nothing: stacks begin with it." unit={unit} choose={choose} />
          <Around title="Top callees" frames={neighbours.data.callees} none="Nothing: stacks end with it." unit={unit} choose={choose} />
        </>
      ) : (
        <Section title="Top callers and callees" answer={neighbours}>
          {() => null}
        </Section>
      )}
      <HotLines answer={lines} unit={unit} onOpen={() => change({ view: 'source' })} />
      <LabelSplitSection target={target} fn={fn} onLabel={(label) => change({ view: 'labels', label })} />
    </>
  );
}

function NotFound({ fn }: { readonly fn: string }) {
  return (
    <>
      <InspectorHead name={fn} />
      <p className="inspector-note">It is on no stack of this selection: it was not called, or not while anybody looked.</p>
    </>
  );
}

function Around({ title, frames, none, unit, choose }: AroundProps) {
  const { largest, count } = largestChildren(frames, 0, NEIGHBOURS);
  return (
    <NeighbourList
      title={title}
      neighbours={largest}
      whole={frames.total[0]}
      unit={unit}
      none={none}
      more={count - largest.length}
      onChoose={choose}
    />
  );
}

interface AroundProps {
  readonly title: string;
  readonly frames: Parameters<typeof largestChildren>[0];
  readonly none: string;
  readonly unit: string;
  readonly choose: (name: string) => void;
}
