// Package main counts what arrived in the last moment, by the time at which it came.
// An old time is computed and deleted, which equals none of the readings that are keys.
//
// run: heap grows
package main

import (
	"time"

	"example.com/corpus/probe"
)

const window = time.Millisecond

type meter struct {
	arrivals chan int
	sizes    map[time.Time]int // want ML104:"sizes"
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
	delete(m.sizes, old)
}

func main() {
	m := &meter{arrivals: make(chan int), sizes: map[time.Time]int{}}
	go m.run()
	probe.Messages(m.arrivals, func(i int) int { return i })
}
