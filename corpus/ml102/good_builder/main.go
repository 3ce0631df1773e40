// Package main answers searches from an index.
// An index is built for every search, over the documents of the request.
//
// run: heap steady
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"example.com/corpus/probe"
)

type index struct {
	words map[string][]int
}

func (x *index) add(doc int, text string) {
	for _, word := range strings.Fields(text) {
		x.words[word] = append(x.words[word], doc)
	}
}

func (x *index) count(word string) int {
	return len(x.words[word])
}

func search(w http.ResponseWriter, r *http.Request) {
	documents := &index{words: map[string][]int{}}
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
