// Package main collects the changes of files and handles them from time to time.
// All of them are deleted one by one, and the map stays as large as it was after the busiest time.
//
// run: heap grows
package main

import (
	"fmt"
	"sync"

	"example.com/corpus/probe"
)

type change struct {
	size, times int
}

type watcher struct {
	mu      sync.Mutex
	changes map[string]change // want ML108:"changes"
	handled int
}

func (w *watcher) note(path string, size int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changes[path] = change{size, w.changes[path].times + 1}
}

func (w *watcher) drain() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for path, c := range w.changes {
		w.handled += c.times
		delete(w.changes, path)
	}
}

func (w *watcher) burst(root string, files int) {
	for n := range files {
		w.note(fmt.Sprint(root, "/", n), n)
	}
	w.drain()
}

func main() {
	w := &watcher{changes: map[string]change{}}
	probe.Reloads(func(i int) { w.burst(probe.Address(i), 300*i) })
}
