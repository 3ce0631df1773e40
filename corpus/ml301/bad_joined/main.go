// Package main validates bulk orders beside the request that brings them.
// The validator waits for a slot that only comes at night, and keeps the order.
//
// run: heap grows
package main

import (
	"strconv"
	"sync"
	"sync/atomic"

	"example.com/corpus/probe"
)

type shop struct {
	night      chan struct{}
	validators sync.WaitGroup
	empty      atomic.Int64
}

func (s *shop) order(items map[string]int) {
	s.validators.Add(1)
	go func() { // want ML301:"items"
		defer s.validators.Done()
		<-s.night
		if len(items) == 0 {
			s.empty.Add(1)
		}
	}()
}

func cart(n int) map[string]int {
	items := make(map[string]int)
	for i := range 700 {
		items["item-"+strconv.Itoa(n+i)] = i
	}
	return items
}

func main() {
	s := &shop{night: make(chan struct{})}
	probe.Reloads(func(i int) { s.order(cart(i)) })
	close(s.night)
	s.validators.Wait()
}
