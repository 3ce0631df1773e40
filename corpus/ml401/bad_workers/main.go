// A log reader whose workers count the lines of each level in the map they were handed.
//
// run: fatal error: concurrent map writes
package main

import (
	"fmt"
	"sync"
)

const (
	workers = 4
	rounds  = 200_000
)

type level byte

func levelOf(line string) level {
	return level(line[0])
}

func count(lines []string, seen map[level]int, wg *sync.WaitGroup) {
	defer wg.Done()
	for range rounds {
		for _, line := range lines {
			seen[levelOf(line)]++ // want ML401:"total"
		}
	}
}

func main() {
	lines := []string{"W low disk", "E no disk", "I new disk"}
	total := map[level]int{'I': 0}
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go count(lines, total, &wg)
	}
	wg.Wait()
	fmt.Println(total['E'])
}
