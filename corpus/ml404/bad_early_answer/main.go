// A client asks all replicas at once, and goes on when enough have answered: the late ones still write.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type tracker struct{ wanted, got int }

func (t *tracker) done()           { t.got++ }
func (t *tracker) succeeded() bool { return t.got >= t.wanted }

func askAll(replicas []string, ask func(string)) {
	enough := tracker{wanted: len(replicas) - 1}
	answers := make(chan string, len(replicas))
	for _, replica := range replicas {
		go func() {
			ask(replica)
			answers <- replica
		}()
	}
	for !enough.succeeded() {
		<-answers
		enough.done()
	}
}

func collect(replicas []string) int {
	var mu sync.Mutex
	metrics := map[string]int{}
	askAll(replicas, func(replica string) {
		mu.Lock()
		defer mu.Unlock()
		metrics[replica]++
	})
	sum := 0
	for _, n := range metrics { // want ML404:"metrics"
		sum += n
	}
	return sum
}

func main() {
	replicas := []string{"a", "b", "c"}
	probe.AtOnce(
		func() { collect(replicas) },
		func() { collect(replicas) },
	)
}
