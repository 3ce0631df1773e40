// Package main counts what arrived in the last moment, by the time at which it came.
// Whatever is older than that is found in a loop.
//
// run: heap steady
package main

import (
	"time"

	"example.com/corpus/probe"
)

const window = time.Millisecond

type meter struct {
	arrivals chan int
	sizes    map[time.Time]int
}

func (m *meter) run() {
	for size := range m.arrivals {
		m.add(size)
	}
}

func (m *meter) add(size int) {
	now := time.Now()
	m.sizes[now] += size
	m.forget(now.Add(-window))
}

func (m *meter) forget(old time.Time) {
	for at := range m.sizes {
		if at.Before(old) {
			delete(m.sizes, at)
		}
	}
}

func main() {
	m := &meter{arrivals: make(chan int), sizes: map[time.Time]int{}}
	go m.run()
	probe.Messages(m.arrivals, func(i int) int { return i })
}
