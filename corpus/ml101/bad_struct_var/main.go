// Package main is a browser bridge with its state in one package variable.
// Closing a tab closes its page only.
//
// run: heap grows
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type tab struct {
	url    string
	opened string
}

var bridge struct {
	mu   sync.Mutex
	tabs map[string]*tab // want ML101:"tabs"
}

func openTab(w http.ResponseWriter, r *http.Request) {
	bridge.mu.Lock()
	defer bridge.mu.Unlock()
	if bridge.tabs == nil {
		bridge.tabs = make(map[string]*tab)
	}
	bridge.tabs[r.FormValue("id")] = &tab{url: r.FormValue("url"), opened: r.RemoteAddr}
	w.WriteHeader(http.StatusCreated)
}

func closeTab(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	bridge.mu.Lock()
	defer bridge.mu.Unlock()
	if t := bridge.tabs[id]; t != nil {
		fmt.Fprintf(w, "closed %s of %s\n", t.url, t.opened)
		t.url = ""
	}
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/open", openTab)
	mux.HandleFunc("/close", closeTab)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"open", "close"}[i%2]
		return probe.Get(i, "/"+action+"?url=about:blank&id="+strconv.Itoa(i/2))
	})
}
