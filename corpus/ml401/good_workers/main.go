// A log reader whose workers count in maps of their own, which are added up when they come back.
//
// run: ok
package main

import (
	"fmt"
)

const (
	workers = 4
	rounds  = 200_000
)

type level byte

func levelOf(line string) level {
	return level(line[0])
}

func count(lines []string, out chan<- map[level]int) {
	seen := map[level]int{}
	for range rounds {
		for _, line := range lines {
			seen[levelOf(line)]++
		}
	}
	out <- seen
}

func main() {
	lines := []string{"W low disk", "E no disk", "I new disk"}
	total := map[level]int{'I': 0}
	out := make(chan map[level]int)
	for range workers {
		go count(lines, out)
	}
	for range workers {
		for l, n := range <-out {
			total[l] += n
		}
	}
	fmt.Println(total['E'])
}
