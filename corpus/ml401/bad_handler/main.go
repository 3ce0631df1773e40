// A web front that counts what its handlers do, and the server runs them at once.
//
// run: race
package main

import (
	"net/http"
	"net/http/httptest"

	"example.com/corpus/probe"
)

var visits = map[string]int{"login": 0, "logout": 0}

func login(w http.ResponseWriter, r *http.Request) {
	visits["login"]++ // want ML401:"visits"
	w.WriteHeader(http.StatusNoContent)
}

func logout(w http.ResponseWriter, r *http.Request) {
	visits["logout"]++ // want ML401:"visits"
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
