// A query that returns at a quorum and takes the mutex of the late replicas to read.
//
// run: ok
package main

import (
	"fmt"
	"sync"
	"time"
)

var replicas = []string{"east", "west", "north"}

func load(replica string) int {
	time.Sleep(time.Duration(len(replica)) * time.Millisecond)
	return len(replica) * 10
}

func heaviest(quorum int) string {
	var mu sync.Mutex
	loads := map[string]int{}
	done := make(chan struct{}, len(replicas))
	for _, replica := range replicas {
		go func() {
			n := load(replica)
			mu.Lock()
			loads[replica] = n
			mu.Unlock()
			done <- struct{}{}
		}()
	}
	for range quorum {
		<-done
	}
	most, heaviest := 0, ""
	mu.Lock()
	defer mu.Unlock()
	for replica, n := range loads {
		if n > most {
			most, heaviest = n, replica
		}
	}
	return heaviest
}

func main() {
	for range 10 {
		fmt.Println(heaviest(1))
		time.Sleep(10 * time.Millisecond)
	}
}
