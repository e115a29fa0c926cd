import type { TimeRange } from '../profile/time';
import type { Question } from './question';
import { get } from './question';
import { json, type Decoder } from './use-answer';

export interface MoverSide {
  readonly self: number;
  readonly total: number;
  /** Of the whole service on this side. */
  readonly serviceTotal: number;
}

/** A function of a service that costs more or less than it did. */
export interface Mover {
  readonly service: string;
  readonly function: string;
  readonly left: MoverSide;
  readonly right: MoverSide;
  /** Of value per second, in units of the type; of shares (−1 to 1) where mode is `share`. */
  readonly selfChange: number;
  readonly totalChange: number;
}

export interface Movers {
  readonly mode: 'rate' | 'share';
  readonly left: { readonly unit: string; readonly total: number; readonly seconds: number };
  readonly right: { readonly unit: string; readonly total: number; readonly seconds: number };
  readonly serviceCount: number;
  readonly pairCount: number;
  readonly movers: readonly Mover[];
}

export interface MoversSide {
  readonly selector: string;
  readonly window: TimeRange;
}

export function askMovers(type: string, left: MoversSide, right: MoversSide, mode: Movers['mode'], limit: number): Question {
  return get('api/v1/movers', [
    ['leftQuery', type + left.selector],
    ['leftFrom', left.window.from],
    ['leftUntil', left.window.until],
    ['rightQuery', type + right.selector],
    ['rightFrom', right.window.from],
    ['rightUntil', right.window.until],
    ['mode', mode],
    ['limit', limit],
  ]);
}

export const movers: Decoder<Movers> = json<Movers>('movers', (answer) => answer);
