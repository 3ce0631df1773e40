// A client asks all replicas at once, and goes on when all have answered.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

func askAll(replicas []string, ask func(string)) {
	answers := make(chan string, len(replicas))
	for _, replica := range replicas {
		go func() {
			ask(replica)
			answers <- replica
		}()
	}
	for range replicas {
		<-answers
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
	for _, n := range metrics {
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
