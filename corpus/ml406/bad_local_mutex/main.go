// A front whose handlers lock a mutex of their own, new with each request.
//
// run: race
package main

import (
	"net/http"
	"net/http/httptest"
	"sync"

	"example.com/corpus/probe"
)

var carts = map[string]int{}

func add(w http.ResponseWriter, r *http.Request) {
	var cartsMu sync.Mutex
	cartsMu.Lock()
	defer cartsMu.Unlock()
	carts[r.FormValue("user")]++ // want ML406:"carts"
	w.WriteHeader(http.StatusNoContent)
}

func checkout(w http.ResponseWriter, r *http.Request) {
	var cartsMu sync.Mutex
	cartsMu.Lock()
	defer cartsMu.Unlock()
	delete(carts, r.FormValue("user")) // want ML406:"carts"
	w.WriteHeader(http.StatusNoContent)
}

func post(handler http.HandlerFunc, target string) {
	handler(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, target, nil))
}

func main() {
	http.HandleFunc("POST /add", add)
	http.HandleFunc("POST /checkout", checkout)
	probe.AtOnce(
		func() { post(add, "/add?user=ann") },
		func() { post(add, "/add?user=bob") },
		func() { post(checkout, "/checkout?user=ann") },
	)
}
