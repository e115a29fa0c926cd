package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"sync"
	"time"
)

type item struct {
	SKU   string  `json:"sku"`
	Name  string  `json:"name"`
	Count int     `json:"count"`
	Cents float64 `json:"cents"`
}

type order struct {
	Customer string   `json:"customer"`
	Coupons  []string `json:"coupons"`
	Items    []item   `json:"items"`
	Cents    float64  `json:"total"`
}

// desk takes orders and remembers the last of them for receipts.
type desk struct {
	stock  *stock
	mutex  sync.Mutex
	recent []order
}

func newDesk(warehouse time.Duration) *desk { return &desk{stock: newStock(warehouse)} }

func (d *desk) checkout(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	priceOrder(&o)
	d.stock.reserve(o.Items)
	d.remember(o)
	writeJSON(w, o)
}

func (d *desk) remember(o order) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.recent = append(d.recent, o)
	if len(d.recent) > 512 {
		d.recent = append([]order(nil), d.recent[256:]...)
	}
}

func (d *desk) receipt(w http.ResponseWriter, _ *http.Request) {
	d.mutex.Lock()
	orders := append([]order(nil), d.recent...)
	d.mutex.Unlock()
	if len(orders) > 24 {
		orders = orders[len(orders)-24:]
	}
	w.Header().Set("Content-Encoding", "gzip")
	compressed := gzip.NewWriter(w)
	defer compressed.Close()
	fmt.Fprint(compressed, renderReceipts(orders))
}

func renderReceipts(orders []order) string {
	sort.Slice(orders, func(i, j int) bool { return orders[i].Customer < orders[j].Customer })
	var text strings.Builder
	for _, o := range orders {
		fmt.Fprintf(&text, "%-20s %10.2f\n", o.Customer, o.Cents/100)
		for _, it := range o.Items {
			fmt.Fprintf(&text, "  %3d x %-24s %8.2f\n", it.Count, it.Name, it.Cents/100)
		}
	}
	return text.String()
}

// priceOrder sums the items, dearest first, less what the coupons give.
func priceOrder(o *order) {
	sort.Slice(o.Items, func(i, j int) bool { return o.Items[i].Cents > o.Items[j].Cents })
	for i := range o.Items {
		o.Items[i].Cents = applyDiscounts(o.Items[i], o.Coupons)
		o.Cents += o.Items[i].Cents * float64(o.Items[i].Count)
	}
}
