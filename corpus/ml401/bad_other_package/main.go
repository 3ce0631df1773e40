// An indexer whose workers share an index of another package, which has no lock.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/ml401/bad_other_package/index"
)

const workers = 3

func ingest(x *index.Index, documents <-chan int, done *sync.WaitGroup) {
	defer done.Done()
	for id := range documents {
		x.Add("map", id)
		x.Remove("map")
	}
}

func main() {
	x := index.New()
	documents := make(chan int)
	var done sync.WaitGroup
	for range workers {
		done.Add(1)
		go ingest(x, documents, &done)
	}
	for id := range 500 {
		documents <- id
	}
	close(documents)
	done.Wait()
}
