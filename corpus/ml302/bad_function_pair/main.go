// Package main limits how many jobs a customer may have at the same time.
// Of the two functions that share the map, the second counts down.
//
// run: heap grows
package main

import (
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type gate struct {
	enter func(customer string) bool
	leave func(customer string)
}

func newGate(limit int) gate {
	var mu sync.Mutex
	running := map[string]int{}
	enter := func(customer string) bool { // want ML302:"running"
		mu.Lock()
		defer mu.Unlock()
		if running[customer] >= limit {
			return false
		}
		running[customer] += 1
		return true
	}
	leave := func(customer string) {
		mu.Lock()
		defer mu.Unlock()
		if running[customer] > 0 {
			running[customer]--
		}
	}
	return gate{enter, leave}
}

func (g gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	customer := r.FormValue("customer")
	if !g.enter(customer) {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	defer g.leave(customer)
	w.WriteHeader(http.StatusAccepted)
}

func main() {
	http.Handle("/jobs", newGate(3))
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/jobs?customer=customer-"+strconv.Itoa(i))
	})
}
