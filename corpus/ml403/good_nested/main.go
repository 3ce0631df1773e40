// A store of settings by tenant that writes into a tenant's map under the write lock.
//
// run: ok
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Settings struct {
	mu       sync.RWMutex
	byTenant map[string]map[string]string
}

func (s *Settings) Enroll(tenant string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byTenant[tenant] = map[string]string{}
}

func (s *Settings) Leave(tenant string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byTenant, tenant)
}

func (s *Settings) Set(tenant, key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.byTenant[tenant]; ok {
		s.byTenant[tenant][key] = value
	}
}

func (s *Settings) Unset(tenant, key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byTenant[tenant], key)
}

func (s *Settings) Get(tenant, key string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.byTenant[tenant][key]
}

func main() {
	s := &Settings{byTenant: map[string]map[string]string{}}
	s.Enroll("acme")
	probe.AtOnce(
		func() { s.Set("acme", "theme", "dark") },
		func() { s.Set("acme", "theme", "light") },
		func() { s.Get("acme", "theme") },
	)
	s.Unset("acme", "theme")
	s.Leave("acme")
}
