// A health check that asks each host in a goroutine of its own and notes the answers in one map.
//
// run: race
package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
)

var hosts = []string{"db-1.internal", "db-2.internal", "cache-1.internal", "old.invalid"}

func ping(host string) bool {
	return !strings.HasSuffix(host, ".invalid")
}

func checkAll(hosts []string) map[string]bool {
	healthy := make(map[string]bool)
	var wg sync.WaitGroup
	for _, host := range hosts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ok := ping(host)
			healthy[host] = ok // want ML401:"healthy"
		}()
	}
	wg.Wait()
	return healthy
}

func main() {
	for host, ok := range checkAll(hosts) {
		if !ok {
			fmt.Fprintln(os.Stdout, "down:", host)
		}
	}
}
