import { Link } from 'wouter';
import { askBreakdown, breakdown, type LabelBreakdown } from '../api/breakdown';
import type { Target } from '../api/selection';
import { useAnswer } from '../api/use-answer';
import { SERVICE } from '../profile/selector';
import { formatShare } from '../profile/units';
import { Failure, Pane } from '../ui/states';
import type { FunctionsScope } from '../url/functions-state';
import { exploreHref, serviceSelector } from '../url/links';

const VALUES = 12;

/** Which services and label values the function's cost belongs to. Labels with one value say nothing and are left out. */
export function SplitPane({ fn, target, state }: SplitPaneProps) {
  const { data, error, isFetching, refetch } = useAnswer(askBreakdown(target, { fn, limit: VALUES }), breakdown, { keep: false });
  const others = data?.labels.filter(({ label, valueCount }) => label !== SERVICE && valueCount > 1) ?? [];
  const services = data?.labels.find(({ label }) => label === SERVICE);
  return (
    <div className="function-pane">
      <h2>Where</h2>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Pane busy={isFetching} label="Where">
          <div className="function-split" tabIndex={0}>
            {services ? (
              <>
                <h3>service</h3>
                <ul>
                  {services.values.map(({ value, total }) => (
                    <li key={value}>
                      <Part name={value} part={total} whole={data?.total ?? 0} />
                      <ServiceLinks service={value} fn={fn} type={target.type} state={state} />
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
            {others.map((label) => (
              <LabelParts key={label.label} label={label} whole={data?.total ?? 0} />
            ))}
          </div>
        </Pane>
      )}
    </div>
  );
}

function LabelParts({ label, whole }: { readonly label: LabelBreakdown; readonly whole: number }) {
  const more = label.valueCount - label.values.length;
  return (
    <>
      <h3>{label.label}</h3>
      <ul>
        {label.values.map(({ value, total }) => (
          <li key={value}>
            <Part name={value || '(none)'} part={total} whole={whole} />
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="unit">and {more} more</p> : null}
    </>
  );
}

function Part({ name, part, whole }: { readonly name: string; readonly part: number; readonly whole: number }) {
  return (
    <span className="function-part">
      <span className="function-part-bar" style={{ width: `${whole > 0 ? (100 * part) / whole : 0}%` }} />
      <span className="function-part-name">{name}</span>
      <span className="num unit">{formatShare(part, whole)}</span>
    </span>
  );
}

function ServiceLinks({ service, fn, type, state: { from, until } }: ServiceLinksProps) {
  const where = { type, selector: serviceSelector(service), fn, from, until };
  return (
    <span className="function-service-links">
      <Link href={exploreHref(where)} aria-label={`${service} in Explore`}>
        Explore
      </Link>
      <Link href={exploreHref({ ...where, view: 'sandwich' })} aria-label={`Sandwich in ${service}`}>
        Sandwich
      </Link>
    </span>
  );
}

interface ServiceLinksProps {
  readonly service: string;
  readonly fn: string;
  readonly type: string;
  readonly state: FunctionsScope;
}

interface SplitPaneProps {
  readonly fn: string;
  readonly target: Target;
  readonly state: FunctionsScope;
}
