// A request context that embeds its mutex and returns a copy of its bag, a named map type.
//
// run: ok
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

func (b bag) copy() bag {
	copied := bag{}
	for key, value := range b {
		copied[key] = value
	}
	return copied
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
	return c.values.copy()
}

func main() {
	c := &Context{values: bag{}}
	probe.AtOnce(
		func() { c.Set("user", "ann") },
		func() { c.Unset("user") },
		func() { c.Values().has("user") },
	)
}
