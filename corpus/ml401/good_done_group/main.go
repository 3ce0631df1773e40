// Peers that several sources answer with: one goroutine gathers them, another waits for all and tells how many there are.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

func Gather(sources [][]string) int {
	var pending sync.WaitGroup
	answers := make(chan []string)
	told := make(chan int)
	for _, source := range sources {
		pending.Add(1)
		go func() { answers <- source }()
	}
	peers := map[string]bool{}
	go func() {
		pending.Wait()
		close(answers)
		told <- len(peers)
	}()
	go func() {
		for names := range answers {
			for _, name := range names {
				peers[name] = true
			}
			pending.Done()
		}
	}()
	return <-told
}

func main() {
	sources := [][]string{{"a", "b"}, {"b", "c"}}
	probe.AtOnce(
		func() { Gather(sources) },
		func() { Gather(sources) },
	)
}
