// A web front that counts what its handlers do, under a mutex.
//
// run: ok
package main

import (
	"net/http"
	"net/http/httptest"
	"sync"

	"example.com/corpus/probe"
)

var (
	visitsMu sync.Mutex
	visits   = map[string]int{"login": 0, "logout": 0}
)

func login(w http.ResponseWriter, r *http.Request) {
	visitsMu.Lock()
	visits["login"]++
	visitsMu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}

func logout(w http.ResponseWriter, r *http.Request) {
	visitsMu.Lock()
	visits["logout"]++
	visitsMu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}

func request(path string) {
	http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
}

func main() {
	http.HandleFunc("/login", login)
	http.HandleFunc("/logout", logout)
	probe.AtOnce(
		func() { request("/login") },
		func() { request("/logout") },
	)
}
