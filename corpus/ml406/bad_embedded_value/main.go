// A state that embeds its mutex and is passed by value to those who change it.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type state struct {
	sync.Mutex
	leaders map[string]string // group to node
}

func elect(s state, group, node string) {
	s.Lock()
	defer s.Unlock()
	s.leaders[group] = node // want ML406:"leaders"
}

func resign(s state, group string) {
	s.Lock()
	defer s.Unlock()
	delete(s.leaders, group) // want ML406:"leaders"
}

func main() {
	s := state{leaders: map[string]string{}}
	probe.AtOnce(
		func() { elect(s, "billing", "n1") },
		func() { elect(s, "billing", "n2") },
		func() { resign(s, "billing") },
	)
}
