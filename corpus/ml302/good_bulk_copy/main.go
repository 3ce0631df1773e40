// Package main merges the feature flags that its clients send.
// The map that the handler closes over is replaced by what the last client has sent.
//
// run: heap steady
package main

import (
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

func flagHandler() http.HandlerFunc {
	var mu sync.Mutex
	flags := map[string]bool{}
	return func(w http.ResponseWriter, r *http.Request) {
		sent := map[string]bool{}
		for _, name := range strings.Split(r.FormValue("on"), ",") {
			sent[name] = true
		}
		mu.Lock()
		defer mu.Unlock()
		flags = maps.Clone(sent)
		fmt.Fprintln(w, flags["maintenance"])
	}
}

func main() {
	http.HandleFunc("/flags", flagHandler())
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/flags?on=beta,canary-"+strconv.Itoa(i))
	})
}
