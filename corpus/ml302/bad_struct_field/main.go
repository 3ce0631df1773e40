// Package main watches a folder and tells what has changed since the last look.
// The callback notes removed files like the others.
//
// run: heap grows
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

type change struct {
	path    string
	size    int64
	removed bool
}

type watcher struct {
	changes  chan change
	onChange func(c change)
}

func watch(tell func(path string, grown int64)) *watcher {
	sizes := make(map[string]int64)
	w := &watcher{changes: make(chan change)}
	w.onChange = func(c change) { // want ML302:"sizes"
		tell(c.path, c.size-sizes[c.path])
		sizes[c.path] = c.size
	}
	go w.run()
	return w
}

func (w *watcher) run() {
	for c := range w.changes {
		w.onChange(c)
	}
}

func main() {
	var grown int64
	w := watch(func(path string, n int64) { grown += n })
	probe.Messages(w.changes, func(i int) change {
		return change{path: "spool/" + strconv.Itoa(i/2), size: 100, removed: i%2 == 1}
	})
}
