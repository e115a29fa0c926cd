// A program that needs no library, to be compiled for any machine, for the tests of Kagari.Symbols.
static inline __attribute__((always_inline)) int square(int x) { return x * x; }
static __attribute__((noinline)) int inner(int x) { volatile int y = square(x) + square(x + 1); return y; }
__attribute__((noinline)) int outer(int x) { return inner(x) ^ square(inner(x + 2)); }
volatile int sink;
void _start(void) { sink = outer(sink); for (;;) { } }
