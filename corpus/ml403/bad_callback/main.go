// An index whose Compact drops words from a callback that runs under the read lock.
//
// run: race
package main

import (
	"slices"
	"sync"

	"example.com/corpus/probe"
)

type Index struct {
	mu    sync.RWMutex
	words []string
	pages map[string][]int
}

func (x *Index) Put(word string, page int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if _, ok := x.pages[word]; !ok {
		x.words = append(slices.Clip(x.words), word)
	}
	x.pages[word] = []int{page}
}

func (x *Index) Pages(word string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.pages[word])
}

func (x *Index) Compact(stop string) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	x.words = slices.DeleteFunc(slices.Clone(x.words), func(word string) bool {
		if word == stop {
			delete(x.pages, word) // want ML403:"pages"
		}
		return word == stop
	})
}

func main() {
	x := &Index{pages: map[string][]int{}}
	probe.AtOnce(
		func() { x.Put("the", 1) },
		func() { x.Put("map", 2) },
		func() { x.Pages("the") },
		func() { x.Compact("the") },
	)
}
