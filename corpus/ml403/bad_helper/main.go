// A job table whose helper relies on its callers' lock; one caller holds only the read lock.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type state byte

const (
	queued state = iota
	running
	failed
)

type Jobs struct {
	mu     sync.RWMutex
	states map[int]state
}

// setLocked notes the state of a job; the caller holds mu.
func (j *Jobs) setLocked(id int, s state) {
	j.states[id] = s
}

func (j *Jobs) Submit(id int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.setLocked(id, queued)
}

func (j *Jobs) Finish(id int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.states, id)
}

func (j *Jobs) Retry(id int) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if j.states[id] == failed {
		j.setLocked(id, queued) // want ML403:"states"
	}
}

func (j *Jobs) Fail(id int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.setLocked(id, failed)
}

func main() {
	j := &Jobs{states: map[int]state{}}
	retry := func() { j.Retry(7) }
	probe.AtOnce(retry, retry, func() {
		j.Submit(7)
		j.Fail(7)
	})
	j.Finish(7)
}
