// Package main resolves the parts of messages, with contexts from a pool behind two functions.
// Neither of them clears what the context has seen.
//
// run: heap grows
package main

import (
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type visitContext struct {
	seen  map[string]struct{}
	depth int
}

var contexts sync.Pool

func begin() *visitContext {
	if r, ok := contexts.Get().(*visitContext); ok {
		r.depth = 0
		return r
	}
	return &visitContext{seen: make(map[string]struct{})}
}

func end(r *visitContext) {
	contexts.Put(r) // want ML106:"seen"
}

func (r *visitContext) visit(part string) {
	if _, done := r.seen[part]; done {
		return
	}
	r.seen[part] = struct{}{}
	r.depth++
}

func resolve(parts <-chan string) {
	for {
		r := begin()
		part, ok := <-parts
		if !ok {
			return
		}
		r.visit(part)
		end(r)
	}
}

func main() {
	parts := make(chan string)
	go resolve(parts)
	probe.Messages(parts, func(i int) string { return "part-" + strconv.Itoa(i) })
}
