// A cache in shards, each with its mutex, which every method takes.
//
// run: ok
package main

import (
	"hash/maphash"
	"sync"

	"example.com/corpus/probe"
)

const shardCount = 16

type shard struct {
	mu    sync.Mutex
	pages map[string][]byte
}

type cache struct {
	seed   maphash.Seed
	shards [shardCount]shard
}

func newCache() *cache {
	c := &cache{seed: maphash.MakeSeed()}
	for i := range c.shards {
		c.shards[i].pages = map[string][]byte{}
	}
	return c
}

func (c *cache) shard(url string) *shard {
	return &c.shards[maphash.String(c.seed, url)%shardCount]
}

func (c *cache) Put(url string, page []byte) {
	s := c.shard(url)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[url] = page
}

func (c *cache) Remove(url string) {
	s := c.shard(url)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pages, url)
}

func main() {
	c := newCache()
	c.Put("/index.html", []byte("<html>"))
	probe.Collide(
		func() { c.Put("/index.html", []byte("<html>")) },
		func() { c.Remove("/index.html") },
	)
}
