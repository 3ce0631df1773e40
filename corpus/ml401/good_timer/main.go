// A table of leases whose timers only say what has run out; one loop owns the table.
//
// run: ok
package main

import (
	"fmt"
	"time"
)

const term = time.Millisecond

type leases struct {
	holders map[string]string
	expired chan string
}

func (l *leases) grant(resource, holder string) {
	l.holders[resource] = holder
	time.AfterFunc(term, func() {
		l.expired <- resource
	})
}

func main() {
	l := &leases{holders: map[string]string{}, expired: make(chan string)}
	tick := time.NewTicker(200 * time.Microsecond)
	defer tick.Stop()
	for granted := 0; granted < 100; {
		select {
		case <-tick.C:
			l.grant("printer", "ann")
			l.grant("scanner", "bob")
			granted++
		case resource := <-l.expired:
			delete(l.holders, resource)
		}
	}
	fmt.Println("granted all")
}
