// Package main is an order book that counts the offers at each price.
// A price that says NaN equals no other, so its level is made again and again and never closed.
//
// run: heap grows
package main

import (
	"errors"
	"log"
	"strconv"

	"example.com/corpus/probe"
)

type offer struct {
	price string
	open  bool
}

type book struct {
	offers chan offer
	levels map[float64]int // want ML104:"levels"
}

var errNoPrice = errors.New("an offer needs a price")

func (b *book) run() {
	for o := range b.offers {
		if err := b.take(o); err != nil {
			log.SetPrefix(err.Error())
		}
	}
}

func (b *book) take(o offer) error {
	price, err := strconv.ParseFloat(o.price, 64)
	if err != nil {
		return errNoPrice
	}
	if o.open {
		b.levels[price]++
		return nil
	}
	if b.levels[price]--; b.levels[price] <= 0 {
		delete(b.levels, price)
	}
	return nil
}

func main() {
	b := &book{offers: make(chan offer), levels: map[float64]int{}}
	go b.run()
	probe.Messages(b.offers, func(i int) offer { return offer{price: "NaN", open: i%2 == 0} })
}
