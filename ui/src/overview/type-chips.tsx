import { Link } from 'wouter';
import { parseProfileType, preferredType, titleOf } from '../profile/profile-type';
import { exploreHref, serviceSelector } from '../url/links';
import './type-chips.css';

/** Chips that fit beside the rest of the row. */
const SHOWN = 3;

/** What a service sends, one chip per family (CPU, Memory …), each into Explore with the type of the family that people look at first. */
export function TypeChips({ service, types, from, until }: TypeChipsProps) {
  const all = families(types);
  const hidden = all.slice(SHOWN);
  return (
    <span className="type-chips">
      {all.slice(0, SHOWN).map(([family, members]) => (
        <Link
          key={family}
          href={exploreHref({ type: preferredType(members) ?? '', selector: serviceSelector(service), from, until })}
          className="type-chip"
          title={members.map((id) => titleOf(parseProfileType(id)).measure).join(', ')}
        >
          {family}
        </Link>
      ))}
      {hidden.length === 0 ? null : (
        <Link
          href={exploreHref({ selector: serviceSelector(service), type: hidden[0][1][0], from, until })}
          className="type-chip"
          title={hidden.map(([family]) => family).join(', ')}
        >
          +{hidden.length}
        </Link>
      )}
    </span>
  );
}

/** Types by family, CPU first, as `preferredType` prefers them. */
export function families(types: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const byFamily = new Map<string, string[]>();
  let rest = types;
  while (rest.length > 0) {
    const next = preferredType(rest) ?? rest[0];
    const { family } = titleOf(parseProfileType(next));
    byFamily.set(family, [...(byFamily.get(family) ?? []), next]);
    rest = rest.filter((type) => type !== next);
  }
  return [...byFamily];
}

interface TypeChipsProps {
  readonly service: string;
  readonly types: readonly string[];
  readonly from: string;
  readonly until: string;
}
