// A cache whose vacuum loop walks the entries under the lock and calls a helper that relies on it.
//
// run: ok
package main

import (
	"sync"
	"time"

	"example.com/corpus/probe"
)

type Cache struct {
	sync.RWMutex
	items map[string]time.Time // when each item expires
}

func (c *Cache) Put(key string, ttl time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.items[key] = time.Now().Add(ttl)
}

func (c *Cache) Has(key string) bool {
	c.RLock()
	defer c.RUnlock()
	expires, ok := c.items[key]
	return ok && time.Now().Before(expires)
}

func (c *Cache) drop(key string) {
	delete(c.items, key)
}

func (c *Cache) Vacuum() {
	c.Lock()
	defer c.Unlock()
	for key, expires := range c.items {
		if time.Now().After(expires) {
			c.drop(key)
		}
	}
}

func main() {
	c := &Cache{items: map[string]time.Time{}}
	probe.AtOnce(
		func() { c.Put("page", -time.Second) },
		func() { c.Has("page") },
		func() { c.Vacuum() },
	)
}
