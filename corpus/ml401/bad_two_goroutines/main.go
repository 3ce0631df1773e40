// A log filter whose loop walks the filters while its callers install and remove some.
//
// run: race
package main

import (
	"strings"

	"example.com/corpus/probe"
)

type Monitor struct {
	filters map[int]string
	lines   chan string
	hits    int
}

func NewMonitor() *Monitor {
	m := &Monitor{filters: map[int]string{}, lines: make(chan string)}
	go m.loop()
	return m
}

func (m *Monitor) loop() {
	for line := range m.lines {
		for _, prefix := range m.filters { // want ML401:"filters"
			if strings.HasPrefix(line, prefix) {
				m.hits++
			}
		}
	}
}

func (m *Monitor) Install(id int, prefix string) {
	m.filters[id] = prefix // want ML401:"filters"
}

func (m *Monitor) Uninstall(id int) {
	delete(m.filters, id) // want ML401:"filters"
}

func main() {
	m := NewMonitor()
	probe.AtOnce(
		func() { m.lines <- "error: disk full" },
		func() {
			m.Install(1, "error")
			m.Uninstall(1)
		},
	)
}
