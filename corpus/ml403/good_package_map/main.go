// A front whose handler enters a visitor into a package map under the package's write lock.
//
// run: ok
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"example.com/corpus/probe"
)

var (
	presentMu sync.RWMutex
	present   = map[string]time.Time{}
)

func arrive(w http.ResponseWriter, r *http.Request) {
	presentMu.Lock()
	defer presentMu.Unlock()
	present[r.FormValue("user")] = time.Now()
	w.WriteHeader(http.StatusNoContent)
}

func leave(w http.ResponseWriter, r *http.Request) {
	presentMu.Lock()
	defer presentMu.Unlock()
	delete(present, r.FormValue("user"))
	w.WriteHeader(http.StatusNoContent)
}

func list(w http.ResponseWriter, r *http.Request) {
	presentMu.RLock()
	defer presentMu.RUnlock()
	for user, since := range present {
		fmt.Fprintln(w, user, since.Format(time.TimeOnly))
	}
}

func main() {
	http.HandleFunc("POST /arrive", arrive)
	http.HandleFunc("POST /leave", leave)
	http.HandleFunc("GET /list", list)
	request := func(method, target string) func() {
		return func() {
			r := httptest.NewRequest(method, target, nil)
			http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), r)
		}
	}
	probe.AtOnce(
		request("POST", "/arrive?user=ann"),
		request("POST", "/leave?user=ann"),
		request("GET", "/list"),
	)
}
