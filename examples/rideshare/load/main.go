// SPDX-License-Identifier: Apache-2.0

// The customers of the ride-share demo: load [-rate N] [-seed N] URL...
// One after the other they order a random vehicle from a random service; the seed decides who orders what.
package main

import (
	"flag"
	"io"
	"log"
	"math/rand"
	"net/http"
	"time"
)

func main() {
	rate := flag.Float64("rate", 18, "orders a second over all services; fewer where services are slow")
	seed := flag.Int64("seed", 1, "seed of the random choices")
	flag.Parse()
	if flag.NArg() == 0 || *rate <= 0 {
		log.Fatal("usage: load [-rate N] [-seed N] URL...")
	}

	random := rand.New(rand.NewSource(*seed))
	vehicles := []string{"bike", "scooter", "car"}
	customer := http.Client{Timeout: 10 * time.Second}
	failing := map[string]bool{}
	for range time.Tick(time.Duration(float64(time.Second) / *rate)) {
		service := flag.Arg(random.Intn(flag.NArg()))
		err := order(&customer, service+"/"+vehicles[random.Intn(len(vehicles))])
		// A service that is not there is told once, and once more each time it has answered meanwhile.
		if err != nil && !failing[service] {
			log.Print(err)
		}
		failing[service] = err != nil
	}
}

func order(customer *http.Client, url string) error {
	response, err := customer.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}
