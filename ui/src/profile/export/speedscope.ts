import type { Frames } from '../frames';
import { isTime } from '../units';
import { eachStack } from './stacks';

/** speedscope's file format, one sampled profile (https://www.speedscope.app/file-format-schema.json). `unit` is the pprof unit. */
export function toSpeedscope(frames: Frames, title: string, unit: string): string {
  const index = new Map<string, number>();
  const samples: number[][] = [];
  const weights: number[] = [];
  let end = 0;
  eachStack(frames, (names, value) => {
    samples.push(
      names.map((name) => {
        const at = index.get(name) ?? index.size;
        index.set(name, at);
        return at;
      }),
    );
    weights.push(value);
    end += value;
  });
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    name: title,
    exporter: 'Kagari',
    activeProfileIndex: 0,
    shared: { frames: [...index.keys()].map((name) => ({ name })) },
    profiles: [{ type: 'sampled', name: title, unit: unitOf(unit), startValue: 0, endValue: end, samples, weights }],
  });
}

function unitOf(unit: string): string {
  return isTime(unit) && unit.endsWith('seconds') ? unit : unit === 'bytes' ? 'bytes' : 'none';
}
