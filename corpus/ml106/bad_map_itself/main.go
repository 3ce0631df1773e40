// Package main finds the doubles in each line of numbers, with sets from a pool.
// A set goes back with the numbers of the line before.
//
// run: heap grows
package main

import (
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

var sets = sync.Pool{New: func() any { return make(map[string]bool) }}

func doubles(lines <-chan string) {
	found := 0
	for {
		set := sets.Get().(map[string]bool)
		line, ok := <-lines
		if !ok {
			return
		}
		for _, number := range strings.Split(line, ",") {
			if set[number] {
				found++
			}
			set[number] = true
		}
		sets.Put(set) // want ML106:"set"
	}
}

func main() {
	lines := make(chan string)
	go doubles(lines)
	probe.Messages(lines, func(i int) string { return "7," + strconv.Itoa(i) })
}
