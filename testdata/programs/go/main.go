// SPDX-License-Identifier: Apache-2.0

// Command shop is a small web shop that profiles itself: a service handles requests that it sends to itself, and its
// profiles are fetched over HTTP like those of any Go service and written to files. build/capture.sh runs it.
//
// The build tag v2 builds the release with the slow discounts; -region=eu asks a far warehouse under one lock.
package main

import (
	"context"
	"flag"
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"runtime"
)

func main() {
	service := flag.String("service", "checkout", "what to run: checkout, cart or search")
	region := flag.String("region", "us", "where: eu asks a far warehouse under one lock")
	seconds := flag.Int("seconds", 10, "length of one CPU profile")
	rounds := flag.Int("rounds", 1, "how often all profiles are taken")
	out := flag.String("out", ".", "folder for the profiles")
	flag.Parse()

	// A fifth of the contention events, and one block event per 10 µs blocked: what services run with all day.
	runtime.SetMutexProfileFraction(5)
	runtime.SetBlockProfileRate(10_000)

	routes := handlers(*service, *region)
	for path, handle := range routes {
		http.Handle(path, labelled(path, handle))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go func() { log.Fatal(http.Serve(listener, nil)) }()
	url := "http://" + listener.Addr().String()

	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go customers(ctx, url, *service)
	for round := 1; round <= *rounds; round++ {
		if err := capture(url, *out, *service+"-"+release+"-"+*region, round, *seconds); err != nil {
			log.Fatal(err)
		}
	}
}
