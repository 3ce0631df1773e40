// Package main is a crawler: every page becomes a task for one worker.
// The tasks share a local map of the pages under way.
//
// run: heap steady
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

func work(tasks <-chan func()) {
	for task := range tasks {
		task()
	}
}

func crawl(pages <-chan string, tasks chan<- func(), fetch func(page string) int) {
	sizes := make(map[string]int)
	for page := range pages {
		tasks <- func() {
			if _, again := sizes[page]; again {
				return
			}
			defer delete(sizes, page)
			sizes[page] = fetch(page)
		}
	}
}

func fetch(page string) int { return len(page) }

func main() {
	pages, tasks := make(chan string), make(chan func())
	go work(tasks)
	go crawl(pages, tasks, fetch)
	probe.Messages(pages, func(i int) string { return "http://example.org/" + strconv.Itoa(i) })
}
