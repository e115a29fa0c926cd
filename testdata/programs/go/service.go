package main

import (
	"context"
	"encoding/json"
	"net/http"
	"runtime/pprof"
	"time"
)

// handlers gives the endpoints of one service.
func handlers(service, region string) map[string]http.HandlerFunc {
	switch service {
	case "cart":
		carts := newCarts()
		return map[string]http.HandlerFunc{"/cart/add": carts.add, "/cart/show": carts.show}
	case "search":
		index := newIndex()
		return map[string]http.HandlerFunc{"/search": index.search, "/suggest": index.suggest}
	default:
		warehouse := time.Duration(0)
		if region == "eu" {
			warehouse = time.Millisecond
		}
		desk := newDesk(warehouse)
		return map[string]http.HandlerFunc{"/checkout": desk.checkout, "/receipt": desk.receipt}
	}
}

// labelled puts the endpoint on every sample that is taken while a request is handled.
func labelled(path string, handle http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		pprof.Do(r.Context(), pprof.Labels("endpoint", path), func(ctx context.Context) { handle(w, r.WithContext(ctx)) })
	})
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
