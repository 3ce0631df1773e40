// A scoreboard that copies the names and compares their scores under the lock.
//
// run: ok
package main

import (
	"cmp"
	"slices"
	"sync"

	"example.com/corpus/probe"
)

type scoreboard struct {
	mu     sync.Mutex
	names  []string
	scores map[string]int
}

func (s *scoreboard) score(name string, points int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scores[name] += points
}

func (s *scoreboard) disqualify(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.scores, name)
}

func (s *scoreboard) ranking() []string {
	s.mu.Lock()
	names := slices.Clone(s.names)
	defer s.mu.Unlock()
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Compare(s.scores[b], s.scores[a])
	})
	return names
}

func main() {
	s := &scoreboard{names: []string{"ann", "bob", "eve"}, scores: map[string]int{}}
	probe.AtOnce(
		func() { s.score("ann", 3) },
		func() { s.score("bob", 2) },
		func() { s.disqualify("eve") },
		func() { s.ranking() },
	)
}
