import type { Transform } from './transforms';

/** Transforms that people of one language use every day. */
export interface Preset {
  readonly title: string;
  readonly transforms: readonly Transform[];
  /** A name that says the preset may change something. */
  readonly when: RegExp;
}

/** Patterns are on whole names, as `encodeMatcher` writes them, so a preset in an address is readable and can be edited. */
export const PRESETS: readonly Preset[] = [
  preset(
    'Hide .NET async plumbing',
    'hide',
    /^System\.Threading\.(Tasks|ExecutionContext)|CompilerServices\.(AsyncTask|AsyncValueTask|AsyncMethodBuilder)/,
    String.raw`^System\.(Threading\.(Tasks\.|ExecutionContext\.|ThreadPoolWorkQueue\.|PortableThreadPool\.)|Runtime\.CompilerServices\.(Async|Task|ValueTask|YieldAwait|PoolingAsync))|\.(MoveNextRunner|AsyncStateMachineBox<)`,
  ),
  preset(
    'Drop .NET waiting',
    'drop',
    /^System\.Threading\./,
    String.raw`^System\.Threading\.(LowLevelLifoSemaphore\.Wait|WaitHandle\.Wait|Monitor\.Wait|Thread\.Sleep|ManualResetEventSlim\.Wait|SemaphoreSlim\.Wait$|PortableThreadPool\.GateThread)`,
  ),
  preset(
    'Drop Go runtime idle',
    'drop',
    /^runtime\.(schedule|mcall|gopark)$/,
    String.raw`^runtime\.(findRunnable|findrunnable|park_m|gopark|schedule|stopm|notesleep|usleep|netpoll|sysmon|mstart)$`,
  ),
  preset(
    'Drop Go garbage collection',
    'drop',
    /^runtime\.gcBgMarkWorker/,
    String.raw`^runtime\.(gcBgMarkWorker|bgsweep|bgscavenge|gcAssistAlloc|gcStart)`,
  ),
  preset(
    'Hide Java thread pools',
    'hide',
    /^java[./]util[./]concurrent[./]/,
    String.raw`^java[./](util[./]concurrent[./]|lang[./]Thread\.run)`,
  ),
  preset('Hide Node internals', 'hide', /^node:internal\//, String.raw`^node:internal/`),
  preset('Drop V8 idle', 'drop', /^\((idle|program)\)$/, String.raw`^\((idle|program)\)$`),
  preset('Hide Python start-up frames', 'hide', /threading\.py|<frozen |^_bootstrap/, String.raw`<frozen |_bootstrap(_inner)?$|runpy\.py`),
  preset(
    'Hide Rust closures and pinning',
    'hide',
    /^(core|std)::(ops|pin|panicking|future)/,
    String.raw`^<?(core|std)::(ops::function|pin|panic|panicking|future|rt|sys_common::backtrace)`,
  ),
  preset(
    'Hide kernel',
    'hide',
    /^\[kernel|_\[k\]$|^(entry_SYSCALL|do_syscall_)/,
    String.raw`^\[kernel|_\[k\]$|^(entry_SYSCALL|do_syscall_|__x64_sys_|ksys_)`,
  ),
  preset('Hide native libraries', 'hide', /^\[.*\.(so|dll|dylib)[^\]]*\]/, String.raw`^\[[^\]]*\.(so|dll|dylib)`),
];

/** Presets that would change something, by the names of a tree. */
export function presetsFor(names: readonly string[]): readonly Preset[] {
  return PRESETS.filter((candidate) => names.some((name) => candidate.when.test(name)));
}

function preset(title: string, kind: 'hide' | 'drop', when: RegExp, pattern: string): Preset {
  return { title, when, transforms: [{ kind, match: { by: 'regex', pattern }, enabled: true }] };
}
