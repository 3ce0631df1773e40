// A quota table that checks and writes under the lock, and lets go early only where it returns.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

const limit = 8

type Quotas struct {
	mu   sync.Mutex
	used map[string]int
}

// Take enters a tenant's share and says whether there was room for it.
func (q *Quotas) Take(tenant string, share int) bool {
	q.mu.Lock()
	if len(q.used) >= limit {
		q.mu.Unlock()
		return false
	}
	q.used[tenant] = share
	q.mu.Unlock()
	return true
}

func (q *Quotas) Release(tenant string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.used, tenant)
}

func main() {
	q := &Quotas{used: map[string]int{}}
	q.Take("initech", 1)
	probe.Collide(
		func() { q.Take("acme", 1) },
		func() { q.Take("globex", 2) },
		func() { q.Release("acme") },
	)
}
