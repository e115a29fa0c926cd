// SPDX-License-Identifier: Apache-2.0

// The ride-share demo in Go. It knows no profiler but the one of its standard library: push.sh fetches profiles from
// /debug/pprof and pushes them.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
)

func main() {
	region := environment("REGION", "us-east")
	workers := newWorkerPool(region == "us-east")
	handle := func(path string, order func(context.Context, string, *workerPool)) {
		http.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			order(r.Context(), region, workers)
			fmt.Fprintf(w, "%s ordered\n", path[1:])
		})
	}
	handle("/bike", orderBike)
	handle("/scooter", orderScooter)
	handle("/car", orderCar)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "ride-share-go in %s: /bike /scooter /car\n", region)
	})

	// Port 0 takes one that is free.
	listener, err := net.Listen("tcp", net.JoinHostPort(environment("HOST", ""), environment("PORT", "5000")))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on: http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, nil))
}

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
