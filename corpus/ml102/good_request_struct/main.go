// Package main is a link checker with a set of the pages it has seen.
// Every request has a crawl object of its own.
//
// run: heap steady
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

type crawl struct {
	mu   sync.Mutex
	seen map[string]bool
}

func newCrawl() *crawl {
	return &crawl{seen: make(map[string]bool)}
}

// visit notes a page, and says whether it is new.
func (c *crawl) visit(page string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen[page] {
		return false
	}
	c.seen[page] = true
	return true
}

type checker struct {
	site string
}

func (c *checker) check(w http.ResponseWriter, r *http.Request) {
	crawl := newCrawl()
	fresh := 0
	for _, page := range strings.Split(r.FormValue("pages"), ",") {
		if crawl.visit(c.site + page) {
			fresh++
		}
	}
	fmt.Fprintln(w, fresh, "pages to fetch")
}

func main() {
	c := &checker{site: "http://example.org/"}
	http.HandleFunc("/check", c.check)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		n := strconv.Itoa(i)
		return probe.Get(i, "/check?pages=a"+n+",b"+n+",a"+n)
	})
}
