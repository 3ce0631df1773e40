// Package main finds the doubles in each line of numbers, with sets from a pool.
// A set goes back empty.
//
// run: heap steady
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
		for number := range set {
			delete(set, number)
		}
		sets.Put(set)
	}
}

func main() {
	lines := make(chan string)
	go doubles(lines)
	probe.Messages(lines, func(i int) string { return "7," + strconv.Itoa(i) })
}
