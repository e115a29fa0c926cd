import { formatValue } from '../profile/units';

/** What can be read, as people name it. */
export const FORMATS = 'pprof, JFR, .nettrace, speedscope, .cpuprofile, .heapprofile, perf script and folded stacks, each also with gzip';

/** What the file dialog offers first; whatever a file is called, its bytes tell the form. */
export const EXTENSIONS = '.pb,.gz,.pprof,.prof,.jfr,.nettrace,.json,.cpuprofile,.heapprofile,.folded,.collapsed,.txt,.perf';

/** Why a file need not be sent at all; null where it may be. `most` in bytes, 0: any size. */
export function refusalOf(name: string, size: number, most: number): string | null {
  if (size === 0) return `${name} is empty.`;
  if (most > 0 && size > most) {
    return `${name} has ${formatValue(size, 'bytes')}; this server takes files up to ${formatValue(most, 'bytes')} (max_profile_size_bytes).`;
  }
  return null;
}

/** What the server said, and what it could have read. */
export function unreadable(message: string): string {
  return /cannot be read as a profile/.test(message) ? `${message}. What can be read: ${FORMATS}.` : message;
}
