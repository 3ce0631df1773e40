// A query that returns at a quorum and reads what late replicas still write, under a mutex only they take.
//
// run: race
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
	for replica, n := range loads { // want ML404:"loads"
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
