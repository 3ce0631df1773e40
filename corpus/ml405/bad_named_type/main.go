// A request context that embeds its mutex and returns its bag, a named map type.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type bag map[string]string

func (b bag) has(key string) bool {
	_, ok := b[key]
	return ok
}

type Context struct {
	sync.RWMutex
	values bag
}

func (c *Context) Set(key, value string) {
	c.Lock()
	defer c.Unlock()
	c.values[key] = value
}

func (c *Context) Unset(key string) {
	c.Lock()
	defer c.Unlock()
	delete(c.values, key)
}

func (c *Context) Values() bag {
	c.RLock()
	defer c.RUnlock()
	return c.values // want ML405:"values"
}

func main() {
	c := &Context{values: bag{}}
	probe.AtOnce(
		func() { c.Set("user", "ann") },
		func() { c.Unset("user") },
		func() { c.Values().has("user") },
	)
}
