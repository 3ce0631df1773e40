// A dashboard that keeps the live map of the queue it shows.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type queue struct {
	mu      sync.Mutex
	waiting map[string]int
}

func (q *queue) push(job string, priority int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting[job] = priority
}

func (q *queue) pop(job string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.waiting, job)
}

type dashboard struct {
	source *queue
	mu     sync.Mutex
	shown  map[string]int
}

func (d *dashboard) refresh() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.source.mu.Lock()
	defer d.source.mu.Unlock()
	d.shown = d.source.waiting // want ML405:"waiting"
}

func (d *dashboard) urgent() (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, priority := range d.shown {
		if priority > 5 {
			n++
		}
	}
	return n
}

func main() {
	q := &queue{waiting: map[string]int{}}
	d := &dashboard{source: q}
	probe.AtOnce(
		func() { q.push("invoice", 9) },
		func() { q.pop("invoice") },
		func() {
			d.refresh()
			d.urgent()
		},
	)
}
