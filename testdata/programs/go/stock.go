package main

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/fnv"
	"sync"
	"time"
)

// stock counts what is left, on shelves that are locked one by one.
type stock struct {
	shelves []shelf
	central sync.Mutex
	remote  time.Duration // how far away the warehouse is; 0: it is here
}

type shelf struct {
	mutex sync.Mutex
	left  map[string]int
	seal  [sha256.Size]byte
}

func newStock(remote time.Duration) *stock {
	s := &stock{shelves: make([]shelf, 64), remote: remote}
	for i := range s.shelves {
		s.shelves[i].left = map[string]int{}
	}
	return s
}

func (s *stock) reserve(items []item) {
	if s.remote > 0 {
		s.confirm()
	}
	for _, it := range items {
		hash := fnv.New32a()
		hash.Write([]byte(it.SKU))
		s.shelves[hash.Sum32()%uint32(len(s.shelves))].take(it.SKU, it.Count)
	}
}

// confirm asks the warehouse, one order at a time: a network round trip under a lock, for which all others queue.
func (s *stock) confirm() {
	s.central.Lock()
	defer s.central.Unlock()
	time.Sleep(s.remote)
}

// take books an item out and seals the book: a chain of hashes that must be extended under the lock.
func (s *shelf) take(sku string, count int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.left[sku] -= count
	var entry [sha256.Size + 8]byte
	for page := 0; page < 60; page++ {
		copy(entry[:], s.seal[:])
		binary.LittleEndian.PutUint64(entry[sha256.Size:], uint64(count+page))
		s.seal = sha256.Sum256(entry[:])
	}
}
