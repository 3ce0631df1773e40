// Package main answers searches from an index.
// The index is built on with every document that is posted.
//
// run: heap grows
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

type index struct {
	mu    sync.RWMutex
	words map[string][]int // want ML102:"words"
}

func (x *index) add(doc int, text string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, word := range strings.Fields(text) {
		x.words[word] = append(x.words[word], doc)
	}
}

func (x *index) count(word string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.words[word])
}

var documents = &index{words: map[string][]int{}}

func search(w http.ResponseWriter, r *http.Request) {
	for n, text := range r.URL.Query()["doc"] {
		documents.add(n, text)
	}
	fmt.Fprintln(w, documents.count(r.FormValue("word")))
}

func main() {
	http.HandleFunc("/search", search)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/search?word=map&doc=a+map+of+sheet+"+strconv.Itoa(i))
	})
}
