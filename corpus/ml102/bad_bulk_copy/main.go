// Package main is an agent that learns labels from the controller.
// It merges every update into the labels it has.
//
// run: heap grows
package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

type agent struct {
	mu     sync.RWMutex
	labels map[string]string // want ML102:"labels"
}

func (a *agent) update(w http.ResponseWriter, r *http.Request) {
	incoming := map[string]string{}
	for name, values := range r.URL.Query() {
		incoming[name] = strings.Join(values, ",")
	}
	a.mu.Lock()
	maps.Copy(a.labels, incoming)
	a.mu.Unlock()
}

func (a *agent) show(w http.ResponseWriter, r *http.Request) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	fmt.Fprintln(w, a.labels[r.PathValue("label")])
}

func main() {
	a := &agent{labels: make(map[string]string)}
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /labels", a.update)
	mux.HandleFunc("GET /labels/{label}", a.show)
	probe.Requests(mux, func(i int) *http.Request {
		return httptest.NewRequest(http.MethodPut, "/labels?pod-"+strconv.Itoa(i)+"=ready", nil)
	})
}
