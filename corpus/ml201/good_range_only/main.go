// Package main tells listeners about new prices.
// Listeners that have not answered for long are deleted while it walks over them.
//
// run: heap steady
package main

import (
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

const patience = 50 // prices that a listener may miss

type listener struct {
	url    string
	joined int
}

type exchange struct {
	listeners sync.Map
	prices    chan int
	sent      int
}

func open() *exchange {
	x := &exchange{prices: make(chan int)}
	go x.publish()
	return x
}

func (x *exchange) publish() {
	for price := range x.prices {
		x.join("http://client/"+strconv.Itoa(price), price)
		if price%patience == 0 {
			x.listeners.Range(x.tell(price))
		}
	}
}

func (x *exchange) join(url string, price int) {
	x.listeners.Store(url, listener{url: url, joined: price})
}

func (x *exchange) tell(price int) func(url, l any) bool {
	return func(url, l any) bool {
		if price-l.(listener).joined > patience {
			x.listeners.Delete(url)
			return true
		}
		x.sent++
		return true
	}
}

func main() {
	x := open()
	probe.Messages(x.prices, func(i int) int { return i })
}
