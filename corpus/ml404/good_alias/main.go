// An online list that names the map first and locks before it asks.
//
// run: ok
package main

import (
	"sync"
	"time"

	"example.com/corpus/probe"
)

type online struct {
	access sync.Mutex
	since  map[string]time.Time
}

func (o *online) add(address string) {
	list := o.since
	o.access.Lock()
	defer o.access.Unlock()
	if _, ok := list[address]; ok {
		return
	}
	list[address] = time.Now()
}

func (o *online) remove(address string) {
	o.access.Lock()
	defer o.access.Unlock()
	delete(o.since, address)
}

func (o *online) longest() (address string) {
	o.access.Lock()
	defer o.access.Unlock()
	first := time.Now()
	for a, since := range o.since {
		if since.Before(first) {
			address, first = a, since
		}
	}
	return address
}

func main() {
	o := &online{since: map[string]time.Time{}}
	probe.AtOnce(
		func() { o.add("10.0.0.7") },
		func() { o.add("10.0.0.8") },
		func() { o.remove("10.0.0.7") },
		func() { o.longest() },
	)
}
