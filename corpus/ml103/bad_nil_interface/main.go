// Package main remembers why the last run of a task failed.
// A task that succeeds gets a nil error.
//
// run: heap grows
package main

import (
	"errors"
	"strconv"

	"example.com/corpus/probe"
)

type task struct {
	name string
	try  int
}

var errBusy = errors.New("database is busy")

type scheduler struct {
	tasks    chan task
	failures map[string]error
	retried  int
}

func (s *scheduler) run() {
	for t := range s.tasks {
		if s.failures[t.name] != nil {
			s.retried++
		}
		if err := execute(t); err != nil {
			s.failures[t.name] = err
			continue
		}
		s.failures[t.name] = nil // want ML103:"failures"
	}
}

func execute(t task) error {
	if t.try == 0 {
		return errBusy
	}
	return nil
}

func main() {
	s := &scheduler{tasks: make(chan task), failures: make(map[string]error)}
	go s.run()
	probe.Messages(s.tasks, func(i int) task {
		return task{name: "backup-" + strconv.Itoa(i/2), try: i % 2}
	})
}
