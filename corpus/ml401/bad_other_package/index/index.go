// Package index says which document last held a word.
package index

// Index is an index of words.
type Index struct {
	last map[string]int
}

// New returns an empty index.
func New() *Index {
	return &Index{last: map[string]int{}}
}

// Add notes that a document holds a word.
func (x *Index) Add(word string, document int) {
	x.last[word] = document // want ML401:"last"
}

// Remove forgets a word.
func (x *Index) Remove(word string) {
	delete(x.last, word) // want ML401:"last"
}
