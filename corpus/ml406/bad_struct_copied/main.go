// A cache whose janitor copies the cache, mutex and all, and locks the copy.
//
// run: race
package main

import (
	"sync"
	"time"

	"example.com/corpus/probe"
)

const limit = 1 << 20

type cache struct {
	mu    sync.Mutex
	sizes map[string]int
}

func (c *cache) put(url string, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sizes[url] = size
}

func (c *cache) size(url string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sizes[url]
}

func purge(shared *cache) {
	c := *shared
	c.mu.Lock()
	defer c.mu.Unlock()
	for url, size := range c.sizes { // want ML406:"sizes"
		if size > limit {
			delete(c.sizes, url)
		}
	}
}

func main() {
	c := &cache{sizes: map[string]int{}}
	go probe.AtOnce( // whoever copies a locked mutex waits for it for ever
		func() { c.put("/video", 2*limit) },
		func() { c.size("/video") },
		func() { purge(c) },
	)
	time.Sleep(300 * time.Millisecond)
}
