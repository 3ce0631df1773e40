// A store in shards that takes a copy of the shard out of the array and locks that.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type shard struct {
	sync.RWMutex
	values map[uint64]string
}

type store struct {
	shards [16]shard
}

func newStore() *store {
	s := &store{}
	for i := range s.shards {
		s.shards[i].values = make(map[uint64]string)
	}
	return s
}

func (s *store) put(id uint64, value string) {
	shard := s.shards[id%16]
	shard.Lock()
	shard.values[id] = value // want ML406:"values"
	shard.Unlock()
}

func (s *store) remove(id uint64) {
	shard := s.shards[id%16]
	shard.Lock()
	delete(shard.values, id) // want ML406:"values"
	shard.Unlock()
}

func main() {
	s := newStore()
	s.put(23, "ann")
	probe.AtOnce(
		func() { s.put(7, "bob") },
		func() { s.put(7, "eve") },
		func() { s.remove(7) },
	)
}
