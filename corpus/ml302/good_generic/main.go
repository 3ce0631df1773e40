// Package main passes each order on once.
// The function that drops duplicates remembers the last keys.
//
// run: heap steady
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

type order struct {
	number string
	cents  int
}

// once returns a function that calls next for the first value of each key.
func once[K comparable, V any](key func(V) K, next func(V)) func(V) {
	known := map[K]struct{}{}
	var last [128]K
	n := 0
	return func(v V) {
		k := key(v)
		if _, again := known[k]; again {
			return
		}
		delete(known, last[n%len(last)])
		last[n%len(last)] = k
		n++
		known[k] = struct{}{}
		next(v)
	}
}

func process(orders <-chan order, ship func(order)) {
	for o := range orders {
		ship(o)
	}
}

func main() {
	orders := make(chan order)
	sum := 0
	go process(orders, once(
		func(o order) string { return o.number },
		func(o order) { sum += o.cents },
	))
	probe.Messages(orders, func(i int) order {
		return order{number: "A-" + strconv.Itoa(i/2), cents: 990}
	})
}
