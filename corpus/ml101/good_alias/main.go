// Package main is a job runner that reaches its table under another name.
// A job that is done leaves it, through the same alias.
//
// run: heap steady
package main

import (
	"fmt"
	"strconv"

	"example.com/corpus/probe"
)

type job struct {
	id   string
	done bool
}

var running = make(map[string]job)

var finished int

func work(jobs <-chan job) {
	table := running
	for j := range jobs {
		if j.done {
			if _, ok := table[j.id]; ok {
				finished++
				delete(table, j.id)
			}
			continue
		}
		table[j.id] = j
	}
	fmt.Println(finished, "jobs done")
}

func main() {
	jobs := make(chan job)
	go work(jobs)
	probe.Messages(jobs, func(i int) job {
		return job{id: "job-" + strconv.Itoa(i/2), done: i%2 == 1}
	})
}
