// Package main closes accounts and writes its books at the end of the day.
// The task it sends to the book-keeper keeps that one sum.
//
// run: heap steady
package main

import (
	"strconv"
	"time"

	"example.com/corpus/probe"
)

type bookkeeper struct {
	tasks chan func() int
	books []int
}

func hire() *bookkeeper {
	k := &bookkeeper{tasks: make(chan func() int)}
	go k.work()
	return k
}

func (k *bookkeeper) work() {
	var today []func() int
	evening := time.NewTicker(time.Hour)
	for {
		select {
		case task := <-k.tasks:
			today = append(today, task)
		case <-evening.C:
			for _, task := range today {
				k.books = append(k.books, task())
			}
			today = nil
		}
	}
}

func (k *bookkeeper) close(ledger map[string]int) {
	balance := ledger["balance"]
	k.tasks <- func() int {
		return balance
	}
}

func ledger(n int) map[string]int {
	entries := map[string]int{"balance": n}
	for i := range 700 {
		entries["entry-"+strconv.Itoa(i)] = i
	}
	return entries
}

func main() {
	k := hire()
	probe.Reloads(func(i int) { k.close(ledger(i)) })
}
