// A queue that publishes a copy of its map, which expvar encodes when the lock is gone.
//
// run: ok
package main

import (
	"expvar"
	"maps"
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
	return maps.Clone(q.length)
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
