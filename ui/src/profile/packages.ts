import { parseDotted, parseGo } from './name-dotted';
import { parseScript, parseScoped } from './name-script';

/** Who wrote the code: the owner of the profile, somebody whose library is used, the runtime below both, or the kernel. */
export type Kind = 'own' | 'library' | 'runtime' | 'kernel';

/** What a function name says about where its function lives. Names come from many languages; nothing but their shape tells which. */
export interface NameParts {
  /** What gets one colour: an import path, a crate, two parts of a namespace, an npm package. Empty where the name does not tell. */
  readonly package: string;
  /** Index in the name where the function begins; what is before it is drawn dimmer. */
  readonly functionAt: number;
  /** Source file, where the name has one. */
  readonly file: string | null;
  readonly kind: Kind;
}

const KERNEL =
  /^(\[kernel|\[k\])|_\[k\]$|^(entry_SYSCALL|do_syscall_|__x64_sys_|__arm64_sys_|__do_sys_|ksys_|el0_|el0t_|asm_(sysvec|exc|common)_|ret_from_fork|vmlinux)/;
const NATIVE_RUNTIME =
  /^(libc|libpthread|libm|ld-linux|ld-musl|libcoreclr|libclr|libSystem\.|libjvm|libpython|libruby|libv8|libnode|libstdc|vdso)/;

const known = new Map<string, NameParts>();

/** Parts of a function name; kept, because the same names come with every answer. */
export function partsOf(name: string): NameParts {
  let parts = known.get(name);
  if (parts === undefined) {
    parts = parse(name);
    if (known.size >= 200_000) known.clear();
    known.set(name, parts);
  }
  return parts;
}

function parse(name: string): NameParts {
  if (KERNEL.test(name)) return { package: '[kernel]', functionAt: name.startsWith('[kernel].') ? 9 : 0, file: null, kind: 'kernel' };
  if (name.startsWith('[')) return bracketed(name);
  if (/^[^\s!/<(]+!./.test(name)) return bare(name);
  return parseScript(name) ?? parseScoped(name) ?? parseGo(name) ?? parseDotted(name) ?? bare(name);
}

/** `[libclrjit.so]`, `[heap]`, `[libc.so.6] malloc`: a module or a marker that a profiler made up. */
function bracketed(name: string): NameParts {
  const close = name.indexOf(']');
  if (close < 0) return bare(name);
  const functionAt = close + 1 < name.length ? close + 1 + (/^[.! ]/.test(name.slice(close + 1)) ? 1 : 0) : 0;
  return { package: name.slice(0, close + 1), functionAt, file: null, kind: 'runtime' };
}

/** `malloc`, `libc.so.6!malloc`: a symbol of native code. */
function bare(name: string): NameParts {
  const bang = name.indexOf('!');
  const module = bang > 0 ? name.slice(0, bang) : '';
  const kind = module !== '' && !NATIVE_RUNTIME.test(module) ? 'own' : NATIVE_RUNTIME.test(module) || LIBC.has(name) ? 'runtime' : 'own';
  return { package: module !== '' ? module : LIBC.has(name) ? 'libc' : '', functionAt: bang + 1, file: null, kind };
}

const LIBC = new Set(
  'malloc calloc realloc free memcpy memmove memset memcmp strlen read write poll epoll_wait select recv send recvmsg sendmsg nanosleep syscall futex mmap munmap brk open close clone start_thread _start __libc_start_main pthread_create pthread_mutex_lock pthread_cond_wait'.split(
    ' ',
  ),
);
