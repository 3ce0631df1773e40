// Package main runs one build for each branch; a newer one takes over.
// A build that is done leaves its branch with the state it had.
//
// run: heap grows
package main

import (
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type build struct {
	branch string
	commit int
}

type farm struct {
	current sync.Map // want ML201:"current"
}

func (f *farm) run(builds <-chan build) {
	for b := range builds {
		f.current.Store(b.branch, b.commit)
		if steps := compile(b); steps > 0 {
			f.current.CompareAndSwap(b.branch, b.commit, -steps)
		}
	}
}

func compile(b build) int { return len(b.branch) }

func main() {
	builds := make(chan build)
	f := &farm{}
	for range 3 {
		go f.run(builds)
	}
	probe.Messages(builds, func(i int) build {
		return build{branch: "feature/" + strconv.Itoa(i), commit: i}
	})
}
