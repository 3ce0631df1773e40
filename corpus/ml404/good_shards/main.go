// A session store in shards whose Count locks each shard while it is measured.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Store struct {
	shards [8]struct {
		sync.Mutex
		sessions map[uint32]string
	}
}

func NewStore() *Store {
	s := &Store{}
	for i := range s.shards {
		s.shards[i].sessions = make(map[uint32]string)
	}
	return s
}

func (s *Store) Set(id uint32, user string) {
	shard := &s.shards[id%8]
	shard.Lock()
	shard.sessions[id] = user
	shard.Unlock()
}

func (s *Store) End(id uint32) {
	shard := &s.shards[id%8]
	shard.Lock()
	delete(shard.sessions, id)
	shard.Unlock()
}

func (s *Store) Count() (n int) {
	for i := range s.shards {
		s.shards[i].Lock()
		n += len(s.shards[i].sessions)
		s.shards[i].Unlock()
	}
	return n
}

func main() {
	s := NewStore()
	probe.AtOnce(
		func() { s.Set(4711, "ann") },
		func() { s.End(4711) },
		func() { s.Count() },
	)
}
