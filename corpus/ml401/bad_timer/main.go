// A table of leases that its timers empty while new ones are granted.
//
// run: race
package main

import (
	"fmt"
	"time"
)

const term = time.Millisecond

type leases struct {
	holders map[string]string
}

func (l *leases) grant(resource, holder string) {
	l.holders[resource] = holder // want ML401:"holders"
	time.AfterFunc(term, func() {
		delete(l.holders, resource) // want ML401:"holders"
	})
}

func main() {
	l := &leases{holders: map[string]string{}}
	tick := time.NewTicker(200 * time.Microsecond)
	defer tick.Stop()
	for granted := 0; granted < 100; {
		select {
		case <-tick.C:
			l.grant("printer", "ann")
			l.grant("scanner", "bob")
			granted++
		}
	}
	fmt.Println("granted all")
}
