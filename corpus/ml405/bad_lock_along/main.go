// An index that each context takes from the one before: the map goes along, the lock stays behind.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type index struct {
	scopes map[string]int
}

type Context struct {
	mu    sync.Mutex
	index index
}

func (c *Context) Scope(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.index.scopes[name]++
}

func (c *Context) Forget(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.index.scopes, name)
}

func (c *Context) Next(before *Context) {
	c.index = before.index // want ML405:"scopes"
}

func main() {
	one := &Context{}
	one.index = index{scopes: map[string]int{}}
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
