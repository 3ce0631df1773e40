// A client that stops waiting at a quorum and reads the answers while late replicas still write theirs.
//
// run: race
package main

import (
	"fmt"
	"time"
)

var replicas = []string{"east", "west", "north"}

func version(replica, key string) int {
	time.Sleep(time.Duration(len(replica)) * time.Millisecond)
	return len(replica) + len(key)
}

func newest(key string, quorum int) int {
	versions := map[string]int{}
	done := make(chan struct{}, len(replicas))
	for _, replica := range replicas {
		go func() {
			v := version(replica, key)
			versions[replica] = v // want ML401:"versions"
			done <- struct{}{}
		}()
	}
	for range quorum {
		<-done
	}
	best := 0
	for _, v := range versions { // want ML401:"versions"
		best = max(best, v)
	}
	return best
}

func main() {
	fmt.Println(newest("balance", 2))
	time.Sleep(20 * time.Millisecond)
}
