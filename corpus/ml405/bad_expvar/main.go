// A queue that publishes its live map; expvar encodes it when the lock is gone.
//
// run: race
package main

import (
	"expvar"
	"net/http"
	"net/http/httptest"
	"sync"

	"example.com/corpus/probe"
)

type queue struct {
	mu     sync.Mutex
	length map[string]int
}

func (q *queue) push(tenant string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.length[tenant]++
}

func (q *queue) drain(tenant string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.length, tenant)
}

func (q *queue) report() any {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.length // want ML405:"length"
}

func main() {
	q := &queue{length: map[string]int{}}
	expvar.Publish("queue", expvar.Func(q.report))
	probe.AtOnce(
		func() { q.push("acme") },
		func() { q.drain("acme") },
		func() {
			r := httptest.NewRequest(http.MethodGet, "/debug/vars", nil)
			http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), r)
		},
	)
}
