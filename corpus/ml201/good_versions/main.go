// Package main runs one build for each branch; a newer one takes over.
// A build that is done deletes its branch, unless a newer one has taken over.
//
// run: heap steady
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
	current sync.Map
}

func (f *farm) run(builds <-chan build) {
	for b := range builds {
		f.current.Store(b.branch, b.commit)
		if steps := compile(b); steps > 0 {
			f.current.CompareAndDelete(b.branch, b.commit)
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
