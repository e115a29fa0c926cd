package main

import (
	"encoding/json"
	"net/http"
	"sort"
	"sync"
)

// carts keeps a cart per customer; saved carts go to a writer goroutine over a short queue, on which callers block.
type carts struct {
	mutex sync.RWMutex
	items map[string][]item
	saves chan []byte
	saved int
}

func newCarts() *carts {
	c := &carts{items: map[string][]item{}, saves: make(chan []byte, 2)}
	go c.write()
	return c
}

func (c *carts) write() {
	for page := range c.saves {
		c.saved += checksum(page)
	}
}

// checksum stands for the database: some work for every byte that is saved.
func checksum(page []byte) int {
	sum := 0
	for round := 0; round < 24; round++ {
		for _, b := range page {
			sum = sum*31 + int(b)
		}
	}
	return sum
}

func (c *carts) add(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	cart := c.merge(o)
	page, err := json.Marshal(cart)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	c.saves <- page
	w.Write(page)
}

func (c *carts) merge(o order) []item {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	cart := append(c.items[o.Customer], o.Items...)
	sort.Slice(cart, func(i, j int) bool { return cart[i].SKU < cart[j].SKU })
	if len(cart) > 80 {
		cart = cart[:20]
	}
	c.items[o.Customer] = cart
	return append([]item(nil), cart...)
}

func (c *carts) show(w http.ResponseWriter, r *http.Request) {
	c.mutex.RLock()
	cart := append([]item(nil), c.items[r.URL.Query().Get("customer")]...)
	c.mutex.RUnlock()
	writeJSON(w, cart)
}
