// An object that users share works out its digests when it is first asked for one; its lock is for them too.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Object struct {
	mu      sync.Mutex
	size    int
	digests map[string]int
}

func (o *Object) Grow(n int) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.size += n
	return o.size
}

func (o *Object) Digest(kind string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	if known, ok := o.digests[kind]; ok {
		return known
	}
	o.digests[kind] = len(kind)
	return len(kind)
}

func main() {
	o := &Object{digests: map[string]int{}}
	probe.AtOnce(
		func() { o.Grow(1) },
		func() { o.Digest("md5") },
		func() { o.Digest("sha1") },
	)
}
