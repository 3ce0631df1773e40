// A debug handler that counts the clients under the mutex of another map.
//
// run: race
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"

	"example.com/corpus/probe"
)

var (
	clientsMu sync.RWMutex
	clients   = map[string]string{}

	endpointsMu sync.RWMutex
	endpoints   = map[string]int{}
)

func connect(id, address string) {
	clientsMu.Lock()
	defer clientsMu.Unlock()
	clients[id] = address
}

func disconnect(id string) {
	clientsMu.Lock()
	defer clientsMu.Unlock()
	delete(clients, id)
}

func scale(service string, n int) {
	endpointsMu.Lock()
	defer endpointsMu.Unlock()
	if n == 0 {
		delete(endpoints, service)
	} else {
		endpoints[service] = n
	}
}

func debug(w http.ResponseWriter, r *http.Request) {
	endpointsMu.RLock()
	defer endpointsMu.RUnlock()
	fmt.Fprintln(w, "clients:", len(clients)) // want ML404:"clients"
}

func main() {
	http.HandleFunc("/debug", debug)
	r := httptest.NewRequest(http.MethodGet, "/debug", nil)
	probe.AtOnce(
		func() { connect("c1", "10.0.0.7") },
		func() { disconnect("c1") },
		func() { scale("shop", 3) },
		func() { http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), r) },
	)
}
