// A cache whose janitor copies the cache, mutex and all, and locks the copy.
//
// run: race
package main

import (
	"sync"
	"time"

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
	c := *shared
	c.mu.Lock()
	defer c.mu.Unlock()
	for url, page := range c.pages { // want ML406:"pages"
		if page == "" {
			delete(c.pages, url)
		}
	}
}

func main() {
	c := &cache{pages: map[string]string{}}
	go probe.AtOnce( // whoever copies a locked mutex waits for it for ever
		func() { c.put("/empty", "") },
		func() { c.put("/index", c.get("/empty")) },
		func() { purge(c) },
	)
	time.Sleep(300 * time.Millisecond)
}
