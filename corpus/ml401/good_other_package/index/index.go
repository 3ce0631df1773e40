// Package index says which document last held a word.
package index

import "sync"

// Index is an index of words that several goroutines may use.
type Index struct {
	mu   sync.Mutex
	last map[string]int
}

// New returns an empty index.
func New() *Index {
	return &Index{last: map[string]int{}}
}

// Add notes that a document holds a word.
func (x *Index) Add(word string, document int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.last[word] = document
}

// Remove forgets a word.
func (x *Index) Remove(word string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.last, word)
}
