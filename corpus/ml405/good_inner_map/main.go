// A permission table that returns the permissions of one tenant in a slice made under the lock.
//
// run: ok
package main

import (
	"maps"
	"slices"
	"sync"

	"example.com/corpus/probe"
)

type permissions struct {
	mu       sync.RWMutex
	byTenant map[string]map[string]bool
}

func (p *permissions) enroll(tenant string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.byTenant[tenant] = map[string]bool{"read": true}
}

func (p *permissions) grant(tenant, right string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.byTenant[tenant][right] = true
}

func (p *permissions) revoke(tenant, right string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.byTenant[tenant], right)
}

func (p *permissions) leave(tenant string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.byTenant, tenant)
}

func (p *permissions) of(tenant string) []string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return slices.Sorted(maps.Keys(p.byTenant[tenant]))
}

func main() {
	p := &permissions{byTenant: map[string]map[string]bool{}}
	p.enroll("acme")
	probe.AtOnce(
		func() { p.grant("acme", "write") },
		func() { p.revoke("acme", "write") },
		func() {
			for range p.of("acme") {
				continue
			}
		},
	)
	p.leave("acme")
}
