// Package main is an upload service whose table is split into shards.
// Finishing an upload removes its name from the shard.
//
// run: heap steady
package main

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"sync"

	"example.com/corpus/probe"
)

type shard struct {
	sync.Mutex
	owners   map[string]string
	finished int
}

type uploads struct {
	shards [16]shard
}

func newUploads() *uploads {
	u := &uploads{}
	for i := range u.shards {
		u.shards[i].owners = make(map[string]string)
	}
	return u
}

func (u *uploads) shard(name string) *shard {
	h := fnv.New32a()
	h.Write([]byte(name))
	return &u.shards[h.Sum32()%uint32(len(u.shards))]
}

// begin starts an upload unless another client is at it.
func (u *uploads) begin(name, owner string) bool {
	s := u.shard(name)
	s.Lock()
	defer s.Unlock()
	if other, ok := s.owners[name]; ok && other != owner {
		return false
	}
	s.owners[name] = owner
	return true
}

func (u *uploads) finish(name, owner string) {
	s := u.shard(name)
	s.Lock()
	defer s.Unlock()
	if s.owners[name] == owner {
		s.finished++
		delete(s.owners, name)
	}
}

func (u *uploads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, owner := r.URL.Query().Get("name"), r.URL.Query().Get("owner")
	if r.URL.Path == "/finish" {
		u.finish(name, owner)
	} else if !u.begin(name, owner) {
		w.WriteHeader(http.StatusConflict)
	}
}

func main() {
	probe.Requests(newUploads(), func(i int) *http.Request {
		action := [...]string{"begin", "finish"}[i%2]
		return probe.Get(i, "/"+action+"?owner=ann&name="+strconv.Itoa(i/2))
	})
}
