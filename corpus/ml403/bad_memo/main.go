// A tag index that remembers what it has worked out, while it holds only the read lock.
//
// run: race
package main

import (
	"strings"
	"sync"

	"example.com/corpus/probe"
)

type outbound struct {
	mu    sync.RWMutex
	tags  []string
	cache map[string][]string
}

// Select returns the tags that begin with prefix.
func (o *outbound) Select(prefix string) []string {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if found, ok := o.cache[prefix]; ok {
		return found
	}
	var found []string
	for _, tag := range o.tags {
		if strings.HasPrefix(tag, prefix) {
			found = append(found, tag)
		}
	}
	o.cache[prefix] = found // want ML403:"cache"
	return found
}

func (o *outbound) Add(tag string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tags = append(o.tags[:1:1], tag)
	o.cache = map[string][]string{}
}

func main() {
	o := &outbound{tags: []string{"direct"}, cache: map[string][]string{}}
	probe.AtOnce(
		func() { o.Select("proxy") },
		func() { o.Select("direct") },
		func() { o.Add("proxy-1") },
	)
}
