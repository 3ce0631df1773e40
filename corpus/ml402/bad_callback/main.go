// Words are counted by a callback of a walk that others use too; the caller of the walk does not lock.
//
// run: race
package main

import (
	"strings"
	"sync"

	"example.com/corpus/probe"
)

type Index struct {
	mu    sync.Mutex
	words map[string]int
}

func walk(text string, each func(word string)) {
	for _, word := range strings.Fields(text) {
		each(word)
	}
}

func Longest(text string) (longest string) {
	walk(text, func(word string) {
		if len(word) > len(longest) {
			longest = word
		}
	})
	return longest
}

func (i *Index) Forget(word string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.words, word)
}

func (i *Index) Known(word string) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.words[word] > 0
}

func (i *Index) Add(text string) {
	walk(text, func(word string) {
		i.words[word]++ // want ML402:"words"
	})
}

func main() {
	i := &Index{words: map[string]int{}}
	probe.AtOnce(
		func() { i.Add("to be or not to be") },
		func() { i.Known(Longest("not to be")) },
		func() { i.Forget("be") },
	)
}
