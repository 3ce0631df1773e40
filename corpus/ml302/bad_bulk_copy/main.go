// Package main merges the feature flags that its clients send.
// What a client has sent stays in the map that the handler closes over.
//
// run: heap grows
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
	return func(w http.ResponseWriter, r *http.Request) { // want ML302:"flags"
		sent := map[string]bool{}
		for _, name := range strings.Split(r.FormValue("on"), ",") {
			sent[name] = true
		}
		mu.Lock()
		defer mu.Unlock()
		maps.Copy(flags, sent)
		fmt.Fprintln(w, flags["maintenance"])
	}
}

func main() {
	http.HandleFunc("/flags", flagHandler())
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/flags?on=beta,canary-"+strconv.Itoa(i))
	})
}
