// Package main prepares summaries of surveys that few people read.
// The lazy summary keeps all answers until somebody reads it.
//
// run: heap grows
package main

import (
	"fmt"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type archive struct {
	mu        sync.Mutex
	summaries []func() string
}

func (a *archive) file(answers map[string]int) {
	summary := sync.OnceValue(func() string { // want ML301:"answers"
		return fmt.Sprintf("%d for, %d against", answers["yes"], answers["no"])
	})
	a.mu.Lock()
	defer a.mu.Unlock()
	a.summaries = append(a.summaries, summary)
}

func (a *archive) read(n int) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.summaries[n]()
}

func ask(n int) map[string]int {
	answers := map[string]int{"yes": n, "no": n / 2}
	for i := range 700 {
		answers["other: "+strconv.Itoa(i)]++
	}
	return answers
}

func main() {
	a := &archive{}
	probe.Reloads(func(i int) {
		a.file(ask(i))
		a.read(0)
	})
}
