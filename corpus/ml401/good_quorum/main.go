// A client that stops waiting at a quorum; the replicas send their answers and it alone fills the map.
//
// run: ok
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

type answer struct {
	replica string
	version int
}

func newest(key string, quorum int) int {
	versions := map[string]int{}
	answers := make(chan answer, len(replicas))
	for _, replica := range replicas {
		go func() {
			v := version(replica, key)
			answers <- answer{replica, v}
		}()
	}
	for range quorum {
		a := <-answers
		versions[a.replica] = a.version
	}
	best := 0
	for _, v := range versions {
		best = max(best, v)
	}
	return best
}

func main() {
	fmt.Println(newest("balance", 2))
	time.Sleep(20 * time.Millisecond)
}
