// A log filter whose loop alone touches the filters; its callers send it what to change.
//
// run: ok
package main

import (
	"strings"

	"example.com/corpus/probe"
)

type change struct {
	id     int
	prefix string
}

type Monitor struct {
	filters map[int]string
	lines   chan string
	changes chan change
	hits    int
}

func NewMonitor() *Monitor {
	m := &Monitor{filters: map[int]string{}, lines: make(chan string), changes: make(chan change)}
	go m.loop()
	return m
}

func (m *Monitor) loop() {
	for {
		select {
		case line := <-m.lines:
			for _, prefix := range m.filters {
				if strings.HasPrefix(line, prefix) {
					m.hits++
				}
			}
		case c := <-m.changes:
			if c.prefix == "" {
				delete(m.filters, c.id)
			} else {
				m.filters[c.id] = c.prefix
			}
		}
	}
}

func (m *Monitor) Install(id int, prefix string) {
	m.changes <- change{id, prefix}
}

func (m *Monitor) Uninstall(id int) {
	m.changes <- change{id: id}
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
