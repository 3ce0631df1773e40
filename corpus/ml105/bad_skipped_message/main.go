// Package main is a worker that marks each job while it works on it.
// A job that does not parse is left with its mark.
//
// run: heap grows
package main

import (
	"errors"
	"strings"

	"example.com/corpus/probe"
)

type job struct {
	id   string
	text string
}

type worker struct {
	jobs    chan job
	working map[string]bool
	done    int
}

var errSyntax = errors.New("a job needs a verb")

func (w *worker) run() {
	for j := range w.jobs {
		if w.working[j.id] {
			continue
		}
		w.working[j.id] = true // want ML105:"working"
		verb, err := parse(j.text)
		if err != nil {
			continue
		}
		w.done += len(verb)
		delete(w.working, j.id)
	}
}

func parse(text string) (string, error) {
	verb, _, found := strings.Cut(text, " ")
	if !found {
		return "", errSyntax
	}
	return verb, nil
}

func main() {
	w := &worker{jobs: make(chan job), working: map[string]bool{}}
	go w.run()
	probe.Messages(w.jobs, func(i int) job { return job{id: probe.Address(i), text: "nonsense"} })
}
