// Package main runs callbacks when a payment is settled.
// A callback that ran is replaced by nil, in a deferred closure.
//
// run: heap grows
package main

import (
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type settled struct {
	payment string
	cents   int
}

type desk struct {
	mu        sync.Mutex
	onSettled map[string]func(cents int)
	cashed    int
}

func (d *desk) expect(payment string, then func(cents int)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.onSettled[payment] = then
}

func (d *desk) settle(events <-chan settled) {
	for e := range events {
		d.expect(e.payment, d.cash)
		d.run(e)
	}
}

func (d *desk) run(e settled) {
	d.mu.Lock()
	defer func() {
		d.onSettled[e.payment] = nil // want ML103:"onSettled"
		d.mu.Unlock()
	}()
	if then := d.onSettled[e.payment]; then != nil {
		then(e.cents)
	}
}

func (d *desk) cash(cents int) { d.cashed += cents }

func main() {
	d := &desk{onSettled: map[string]func(int){}}
	events := make(chan settled)
	for range 2 {
		go d.settle(events)
	}
	probe.Messages(events, func(i int) settled {
		return settled{payment: "payment-" + strconv.Itoa(i), cents: 100}
	})
}
