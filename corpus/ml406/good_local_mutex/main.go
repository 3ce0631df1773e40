// A front whose handlers lock one mutex, which lives as long as the map.
//
// run: ok
package main

import (
	"net/http"
	"net/http/httptest"
	"sync"

	"example.com/corpus/probe"
)

var carts = map[string]int{}
var cartsMu sync.Mutex

func add(w http.ResponseWriter, r *http.Request) {
	cartsMu.Lock()
	defer cartsMu.Unlock()
	carts[r.FormValue("user")]++
	w.WriteHeader(http.StatusNoContent)
}

func checkout(w http.ResponseWriter, r *http.Request) {
	cartsMu.Lock()
	defer cartsMu.Unlock()
	delete(carts, r.FormValue("user"))
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
