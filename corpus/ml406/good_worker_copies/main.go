// Workers that are copies of one worker: they share its map and, through a pointer, its mutex.
//
// run: ok
package main

import (
	"fmt"
	"sync"
)

const jobs = 1_000

type result byte

const (
	done result = iota
	failed
)

type worker struct {
	mu      *sync.Mutex
	results map[result]int
}

func (w *worker) run() {
	for job := range jobs {
		r := done
		if job%100 == 0 {
			r = failed
		}
		w.mu.Lock()
		w.results[r]++
		w.mu.Unlock()
	}
}

func main() {
	first := worker{mu: &sync.Mutex{}, results: map[result]int{done: 0, failed: 0}}
	var wg sync.WaitGroup
	for range 3 {
		w := first
		wg.Add(1)
		go func() {
			defer wg.Done()
			w.run()
		}()
	}
	wg.Wait()
	fmt.Println(first.results[failed], "failed")
}
