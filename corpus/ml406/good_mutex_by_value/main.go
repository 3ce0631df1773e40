// A tally whose helper takes a pointer to the mutex.
//
// run: ok
package main

import (
	"fmt"
	"sync"
)

const rounds = 1_000

type vote byte

const (
	yes vote = iota
	no
)

func note(mu *sync.Mutex, votes map[vote]int, v vote) {
	mu.Lock()
	defer mu.Unlock()
	votes[v]++
}

func main() {
	var (
		mu    sync.Mutex
		votes = map[vote]int{yes: 0, no: 0}
		wg    sync.WaitGroup
	)
	for _, v := range []vote{yes, no, yes} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range rounds {
				note(&mu, votes, v)
			}
		}()
	}
	wg.Wait()
	fmt.Println(votes[yes], votes[no])
}
