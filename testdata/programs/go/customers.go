package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"sync"
	"time"
)

// customers sends bursts of requests until told to stop: bursts, because queues and locks show only when several
// customers come at once.
func customers(ctx context.Context, url, service string) {
	chance := rand.New(rand.NewSource(2))
	ticks := time.NewTicker(25 * time.Millisecond)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		var burst sync.WaitGroup
		for i := 0; i < 24; i++ {
			request := newRequest(chance, url, service)
			burst.Add(1)
			go func() {
				defer burst.Done()
				send(ctx, request)
			}()
		}
		burst.Wait()
	}
}

func send(ctx context.Context, request *http.Request) {
	response, err := http.DefaultClient.Do(request.WithContext(ctx))
	if err != nil {
		return
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
}

func newRequest(chance *rand.Rand, url, service string) *http.Request {
	path, body := "", []byte(nil)
	switch {
	case service == "cart" && chance.Intn(4) == 0:
		path = fmt.Sprintf("/cart/show?customer=customer-%d", chance.Intn(200))
	case service == "cart":
		path, body = "/cart/add", newOrder(chance)
	case service == "search" && chance.Intn(8) == 0:
		path = "/suggest?q=" + nouns[chance.Intn(len(nouns))][:2]
	case service == "search":
		path = fmt.Sprintf("/search?q=%s+%s", adjectives[chance.Intn(len(adjectives))], nouns[chance.Intn(len(nouns))])
	case chance.Intn(6) == 0:
		path = "/receipt"
	default:
		path, body = "/checkout", newOrder(chance)
	}
	method := http.MethodGet
	if body != nil {
		method = http.MethodPost
	}
	request, err := http.NewRequest(method, url+path, bytes.NewReader(body))
	if err != nil {
		panic(err) // the URL is our own
	}
	return request
}

func newOrder(chance *rand.Rand) []byte {
	o := order{Customer: fmt.Sprintf("customer-%d", chance.Intn(200)), Coupons: []string{"SAVE-10%", "NEW-5", "spring"}}
	for i := 4 + chance.Intn(20); i > 0; i-- {
		number := chance.Intn(500)
		o.Items = append(o.Items, item{fmt.Sprintf("HM-%04d", number), nouns[number%len(nouns)], 1 + chance.Intn(3), float64(100 + chance.Intn(9000))})
	}
	body, err := json.Marshal(o)
	if err != nil {
		panic(err) // plain data
	}
	return body
}
