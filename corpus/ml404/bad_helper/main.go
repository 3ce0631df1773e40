// A stream whose helper says that the lock should be held; Check calls it after it has unlocked.
//
// run: race
package main

import (
	"errors"
	"sync"

	"example.com/corpus/probe"
)

var errTaken = errors.New("the subject is taken")

type stream struct {
	mu        sync.RWMutex
	closed    bool
	consumers map[string]string // name to subject
}

// unique says whether nobody consumes subject yet.
// Lock should be held.
func (s *stream) unique(subject string) bool {
	for _, taken := range s.consumers {
		if taken == subject {
			return false
		}
	}
	return true
}

func (s *stream) Add(name, subject string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.unique(subject) {
		return errTaken
	}
	s.consumers[name] = subject
	return nil
}

func (s *stream) Remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.consumers, name)
}

func (s *stream) Check(subject string) error {
	s.mu.RLock()
	closed := s.closed
	s.mu.RUnlock()
	if closed || s.unique(subject) { // want ML404:"consumers"
		return nil
	}
	return errTaken
}

func main() {
	s := &stream{consumers: map[string]string{}}
	probe.AtOnce(
		func() { s.Add("billing", "orders") },
		func() { s.Remove("billing") },
		func() { s.Check("orders") },
	)
}
