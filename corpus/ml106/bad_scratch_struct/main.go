// Package main counts the different words of each message, with scratch space from a pool.
// The scratch space goes back with the words of the message before.
//
// run: heap grows
package main

import (
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

type scratch struct {
	words map[string]int
	total int
}

var pool = sync.Pool{New: func() any { return &scratch{words: map[string]int{}} }}

func count(messages <-chan string) {
	for {
		s := pool.Get().(*scratch)
		message, ok := <-messages
		if !ok {
			return
		}
		for _, word := range strings.Fields(message) {
			s.words[word]++
			s.total++
		}
		s.total = 0
		pool.Put(s) // want ML106:"words"
	}
}

func main() {
	messages := make(chan string)
	go count(messages)
	probe.Messages(messages, func(i int) string { return "order " + strconv.Itoa(i) })
}
