import type { Transform } from './transforms';

/** A transform that people of one language use every day. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly transform: Transform;
}

/** Patterns are on whole names, as `encodeMatcher` writes them, so a preset in an address is readable and can be edited. */
const PRESETS: readonly (Preset & { readonly when: RegExp })[] = [
  preset(
    'dotnet-async',
    'Hide .NET async plumbing',
    'hide',
    /^System\.Threading\.(Tasks|ExecutionContext)|CompilerServices\.(AsyncTask|AsyncValueTask|AsyncMethodBuilder)/,
    String.raw`^System\.(Threading\.(Tasks\.|ExecutionContext\.|ThreadPoolWorkQueue\.|PortableThreadPool\.)|Runtime\.CompilerServices\.(Async|Task|ValueTask|YieldAwait|PoolingAsync))|\.(MoveNextRunner|AsyncStateMachineBox<)`,
  ),
  preset(
    'dotnet-idle',
    'Drop .NET waiting',
    'drop',
    /^System\.Threading\./,
    String.raw`^System\.Threading\.(LowLevelLifoSemaphore\.Wait|WaitHandle\.Wait|Monitor\.Wait|Thread\.Sleep|ManualResetEventSlim\.Wait|SemaphoreSlim\.Wait$|PortableThreadPool\.GateThread)`,
  ),
  preset(
    'go-idle',
    'Drop Go runtime idle',
    'drop',
    /^runtime\.(schedule|mcall|gopark)$/,
    String.raw`^runtime\.(findRunnable|findrunnable|park_m|gopark|schedule|stopm|notesleep|usleep|netpoll|sysmon|mstart)$`,
  ),
  preset(
    'go-gc',
    'Drop Go garbage collection',
    'drop',
    /^runtime\.gcBgMarkWorker/,
    String.raw`^runtime\.(gcBgMarkWorker|bgsweep|bgscavenge|gcAssistAlloc|gcStart)`,
  ),
  preset(
    'java-pool',
    'Hide Java thread pools',
    'hide',
    /^java[./]util[./]concurrent[./]/,
    String.raw`^java[./](util[./]concurrent[./]|lang[./]Thread\.run)`,
  ),
  preset('node-internal', 'Hide Node internals', 'hide', /^node:internal\//, String.raw`^node:internal/`),
  preset('v8-idle', 'Drop V8 idle', 'drop', /^\((idle|program)\)$/, String.raw`^\((idle|program)\)$`),
  preset(
    'python-boot',
    'Hide Python start-up frames',
    'hide',
    /threading\.py|<frozen |^_bootstrap/,
    String.raw`<frozen |_bootstrap(_inner)?$|runpy\.py`,
  ),
  preset(
    'rust-plumbing',
    'Hide Rust closures and pinning',
    'hide',
    /^(core|std)::(ops|pin|panicking|future)/,
    String.raw`^<?(core|std)::(ops::function|pin|panic|panicking|future|rt|sys_common::backtrace)`,
  ),
  preset(
    'kernel',
    'Hide kernel',
    'hide',
    /^\[kernel|_\[k\]$|^(entry_SYSCALL|do_syscall_)/,
    String.raw`^\[kernel|_\[k\]$|^(entry_SYSCALL|do_syscall_|__x64_sys_|ksys_)`,
  ),
  preset('native', 'Hide native libraries', 'hide', /^\[.*\.(so|dll|dylib)[^\]]*\]/, String.raw`^\[[^\]]*\.(so|dll|dylib)`),
];

/** Presets that would change something, by the names of a tree. */
export function presetsFor(names: readonly string[]): readonly Preset[] {
  return PRESETS.filter((candidate) => names.some((name) => candidate.when.test(name)));
}

function preset(id: string, label: string, kind: 'hide' | 'drop', when: RegExp, pattern: string): Preset & { readonly when: RegExp } {
  return { id, label, when, transform: { kind, match: { by: 'regex', pattern }, enabled: true } };
}
