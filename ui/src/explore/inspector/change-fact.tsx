import { changes } from '../../api/compare';
import { askFunctionChange } from '../../api/function-details';
import type { Target } from '../../api/selection';
import { useAnswer } from '../../api/use-answer';
import { earlier, EARLIER_TITLES, type Earlier } from '../../profile/time-shift';
import { formatChange, formatRate } from '../../profile/units';
import { ChangeMark } from '../../ui/change-mark';
import { Fact } from './facts';

/** Below this a function moves as much by itself (docs/guide/functions.md). */
const SIGNIFICANT = 2;

/** Change of the cost per second since an earlier window; says where it is no more than noise. */
export function ChangeFact({
  target,
  fn,
  by,
  unit,
}: {
  readonly target: Target;
  readonly fn: string;
  readonly by: Earlier;
  readonly unit: string;
}) {
  const { data } = useAnswer(askFunctionChange(target, earlier(target.stacks, by), fn), changes, { keep: false });
  const title = EARLIER_TITLES[by];
  if (!data) return <Fact name={title} value="…" />;
  if (data.left.total === 0) return <Fact name={title} value={<span className="unit">no data</span>} />;
  const row = data.functions.at(0);
  const before = (row?.left.total ?? 0) / data.left.seconds;
  const after = (row?.right.total ?? 0) / data.right.seconds;
  const change = after - before;
  const significance = row?.total.significance ?? null;
  return (
    <>
      <Fact
        name={title}
        value={<ChangeMark change={change} text={formatRate(Math.abs(change), unit)} />}
        share={formatChange(before, after)}
      />
      {significance !== null && significance < SIGNIFICANT ? <Fact name="" value={<span className="unit">within its noise</span>} /> : null}
    </>
  );
}
