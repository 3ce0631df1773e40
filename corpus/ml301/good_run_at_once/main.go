// Package main checks route tables and remembers the verdicts.
// A check is made at once, by the same function, and its verdict is kept.
//
// run: heap steady
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

type verdict struct {
	table int
	ok    bool
}

type inspector struct {
	tables   chan map[string]string
	verdicts []verdict
}

func (in *inspector) run() {
	for routes := range in.tables {
		in.check(routes)
	}
}

func (in *inspector) check(routes map[string]string) {
	ok := func() bool {
		hop, found := routes["default"]
		return found && hop != ""
	}
	in.verdicts = append(in.verdicts, verdict{table: len(in.verdicts), ok: ok()})
}

func routes(n int) map[string]string {
	table := map[string]string{"default": "192.0.2.1"}
	for i := range 600 {
		table["10.0.0.0/"+strconv.Itoa(i)] = strconv.Itoa(n)
	}
	return table
}

func main() {
	in := &inspector{tables: make(chan map[string]string)}
	go in.run()
	probe.Reloads(func(i int) { in.tables <- routes(i) })
}
