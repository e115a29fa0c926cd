import { useMemo } from 'react';
import { askServiceTypes, serviceTypes } from '../api/labels';
import { useAnswer } from '../api/use-answer';
import { formatSelector, SERVICE } from '../profile/selector';
import { encode } from '../url/codec';
import { DEFAULT_FROM, DEFAULT_UNTIL, exploreSchema } from '../url/explore-state';
import { decode } from '../url/codec';
import { resolveRange } from '../profile/time';
import { useClock } from './clock';

export interface Jump {
  readonly href: string;
  readonly title: string;
  readonly kind: string;
}

const PAGES: readonly Jump[] = [
  { href: '/', title: 'Overview', kind: 'page' },
  { href: '/explore', title: 'Explore', kind: 'page' },
  { href: '/compare', title: 'Compare', kind: 'page' },
  { href: '/functions', title: 'Functions', kind: 'page' },
  { href: '/upload', title: 'Upload', kind: 'page' },
  { href: '/admin', title: 'Admin', kind: 'page' },
];

/** Where the palette can take one: pages, and the services of the last hour. */
export function useJumps(): readonly Jump[] {
  const now = useClock((c) => c.now);
  const { data } = useAnswer(askServiceTypes(resolveRange(DEFAULT_FROM, DEFAULT_UNTIL, now)), serviceTypes);
  return useMemo(
    () => [...PAGES, ...[...(data?.keys() ?? [])].map((service) => ({ href: exploreLink(service), title: service, kind: 'service' }))],
    [data],
  );
}

/** A service in Explore, with the type it prefers. */
export function exploreLink(service: string, type = ''): string {
  const state = { ...decode(exploreSchema, ''), selector: formatSelector([{ label: SERVICE, operator: '=', value: service }]), type };
  return `/explore?${encode(exploreSchema, state)}`;
}
