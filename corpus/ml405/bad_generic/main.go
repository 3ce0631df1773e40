// A generic cache whose Items returns the map it guards.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Cache[K comparable, V any] struct {
	mu    sync.RWMutex
	items map[K]V
}

func (c *Cache[K, V]) Set(key K, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[key] = value
}

func (c *Cache[K, V]) Delete(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.items, key)
}

func (c *Cache[K, V]) Items() map[K]V {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.items // want ML405:"items"
}

func main() {
	sizes := &Cache[string, int]{items: map[string]int{}}
	probe.AtOnce(
		func() { sizes.Set("logo.png", 4096) },
		func() { sizes.Delete("logo.png") },
		func() {
			total := 0
			for _, size := range sizes.Items() {
				total += size
			}
		},
	)
}
