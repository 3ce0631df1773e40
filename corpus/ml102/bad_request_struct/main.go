// Package main is a link checker with a set of the pages it has seen.
// One crawl object serves every request.
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

type crawl struct {
	mu   sync.Mutex
	seen map[string]bool // want ML102:"seen"
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
	crawl *crawl
}

func (c *checker) check(w http.ResponseWriter, r *http.Request) {
	fresh := 0
	for _, page := range strings.Split(r.FormValue("pages"), ",") {
		if c.crawl.visit(page) {
			fresh++
		}
	}
	fmt.Fprintln(w, fresh, "pages to fetch")
}

func main() {
	c := &checker{crawl: newCrawl()}
	http.HandleFunc("/check", c.check)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		n := strconv.Itoa(i)
		return probe.Get(i, "/check?pages=a"+n+",b"+n+",a"+n)
	})
}
