// A permission table that returns the live map of one tenant.
//
// run: race
package main

import (
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

func (p *permissions) of(tenant string) map[string]bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.byTenant[tenant] // want ML405:"byTenant"
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
