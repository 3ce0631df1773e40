// Peers that several sources answer with: one goroutine gathers them, another tells how many there are.
//
// run: race
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
		told <- len(peers) // want ML401:"peers"
		pending.Wait()
		close(answers)
	}()
	go func() {
		for names := range answers {
			for _, name := range names {
				peers[name] = true // want ML401:"peers"
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
