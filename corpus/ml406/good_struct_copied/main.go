// A cache whose janitor keeps a pointer to the cache.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type cache struct {
	mu    sync.Mutex
	pages map[string]string
}

func (c *cache) put(url, page string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[url] = page
}

func (c *cache) get(url string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pages[url]
}

func purge(shared *cache) {
	c := shared
	c.mu.Lock()
	defer c.mu.Unlock()
	for url, page := range c.pages {
		if page == "" {
			delete(c.pages, url)
		}
	}
}

func main() {
	c := &cache{pages: map[string]string{}}
	probe.AtOnce(
		func() { c.put("/empty", "") },
		func() { c.put("/index", c.get("/empty")) },
		func() { purge(c) },
	)
}
