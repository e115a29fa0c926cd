// A program with static, inlined, recursive and variadic functions, for the tests of Kagari.Symbols.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node { struct node *left, *right; int key; };

static inline __attribute__((always_inline)) int square(int x) {
    return x * x;
}

static inline __attribute__((always_inline)) int sum_of_squares(int a, int b) {
    int total = square(a);
    for (int i = 0; i < b; i++) {
        total += square(i) ^ b;
    }
    return total;
}

static __attribute__((noinline)) int hidden(int x) {
    volatile int y = sum_of_squares(x, x + 1);
    return y + 1;
}

int insert(struct node **at, int key) {
    if (*at == NULL) {
        *at = calloc(1, sizeof(struct node));
        (*at)->key = key;
        return 1;
    }
    if (key == (*at)->key) return 0;
    return insert(key < (*at)->key ? &(*at)->left : &(*at)->right, key);
}

int add_all(int n, ...) {
    va_list list;
    int total = 0;
    va_start(list, n);
    for (int i = 0; i < n; i++) total += va_arg(list, int);
    va_end(list);
    return total;
}

__attribute__((weak)) int overridable(int x) { return x + 3; }

__attribute__((cold, noinline)) void fail(const char *why) {
    fprintf(stderr, "%s\n", why);
    exit(1);
}

int switcher(int x) {
    if (x < -100) fail("too small");
    switch (x & 7) {
        case 0: return hidden(x);
        case 1: return overridable(x);
        case 2: return add_all(3, x, 2, 3);
        case 3: return (int)strlen("abc") + square(x);
        default: break;
    }
    return sum_of_squares(x, 3);
}

#ifndef LIBRARY
int main(int argc, char **argv) {
    struct node *root = NULL;
    int total = 0;
    for (int i = 0; i < argc + 10; i++) total += insert(&root, (i * 7) % 5) + switcher(i);
    printf("%d %s\n", total, argv[0]);
    return 0;
}
#endif
