// An index that each context takes from the one before: the map goes along, and so does the lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type index struct {
	mu     *sync.Mutex
	scopes map[string]int
}

type Context struct {
	index index
}

func (c *Context) Scope(name string) {
	c.index.mu.Lock()
	defer c.index.mu.Unlock()
	c.index.scopes[name]++
}

func (c *Context) Forget(name string) {
	c.index.mu.Lock()
	defer c.index.mu.Unlock()
	delete(c.index.scopes, name)
}

func (c *Context) Next(before *Context) {
	c.index = before.index
}

func main() {
	one := &Context{}
	one.index = index{mu: &sync.Mutex{}, scopes: map[string]int{}}
	probe.AtOnce(
		func() { one.Scope("a") },
		func() { one.Forget("a") },
		func() {
			two := &Context{}
			two.Next(one)
			two.Scope("b")
		},
	)
}
