// SPDX-License-Identifier: Apache-2.0

package main

import "sync/atomic"

const (
	workersMax   = 2
	receiptBytes = 64 << 10
	// The leak ends at 32 MiB, for a demo should not eat the machine: the oldest receipt goes where a new one comes.
	receiptsMax = 512
)

// workerPool writes receipts beside the requests. In us-east nobody takes them away.
type workerPool struct {
	leaks  bool
	orders chan string
	count  uint64
	kept   [receiptsMax]atomic.Value
}

func newWorkerPool(leaks bool) *workerPool {
	w := &workerPool{leaks: leaks, orders: make(chan string, 1000)}
	for i := 0; i < workersMax; i++ {
		go w.run()
	}
	return w
}

func (w *workerPool) enqueue(vehicle string) {
	if !w.leaks {
		return
	}
	select {
	case w.orders <- vehicle:
	default: // Full: the customer does not wait for a receipt.
	}
}

func (w *workerPool) run() {
	for vehicle := range w.orders {
		w.doWork(vehicle)
	}
}

func (w *workerPool) doWork(vehicle string) {
	pages := 2
	if vehicle == "car" {
		pages = 4
	}
	for ; pages > 0; pages-- {
		w.kept[atomic.AddUint64(&w.count, 1)%receiptsMax].Store(make([]byte, receiptBytes))
	}
}
