// A program with inlined calls, methods, closures and generics, for the tests of Kagari.Symbols.
package main

import (
	"fmt"
	"os"
	"sort"
	"strings"
)

type tree[T any] struct {
	left, right *tree[T]
	value       T
}

func (t *tree[T]) insert(v T, less func(a, b T) bool) *tree[T] {
	if t == nil {
		return &tree[T]{value: v}
	}
	if less(v, t.value) {
		t.left = t.left.insert(v, less)
	} else {
		t.right = t.right.insert(v, less)
	}
	return t
}

type point struct{ x, y int }

func (p point) add(q point) point { return point{p.x + q.x, p.y + q.y} }

func (p *point) scale(n int) { *p = p.add(p.times(n)) }

func (p point) times(n int) point { return point{double(p.x) * n, double(p.y) * n} }

func double(x int) int { return x + x }

//go:noinline
func outer(n int) int {
	p := point{n, n + 1}
	p.scale(3)
	total := 0
	for i := 0; i < n; i++ {
		total += double(p.add(point{i, i}).x)
	}
	return total
}

func main() {
	var t *tree[string]
	for _, w := range append(strings.Fields("some words to sort"), os.Args...) {
		t = t.insert(w, func(a, b string) bool { return a < b })
	}
	words := []string{t.value}
	sort.Slice(words, func(i, j int) bool { return words[i] < words[j] })
	defer func() { fmt.Println(words, outer(len(words))) }()
}
