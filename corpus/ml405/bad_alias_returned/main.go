// A registry that names its map under the lock and returns that name after it has unlocked.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type service struct {
	host string
	port int
}

type Registry struct {
	lock     sync.Mutex
	services map[string]service
}

func (r *Registry) Register(name string, s service) {
	r.lock.Lock()
	r.services[name] = s
	r.lock.Unlock()
}

func (r *Registry) Deregister(name string) {
	r.lock.Lock()
	delete(r.services, name)
	r.lock.Unlock()
}

func (r *Registry) List() map[string]service {
	r.lock.Lock()
	services := r.services
	r.lock.Unlock()
	return services // want ML405:"services"
}

func main() {
	r := &Registry{services: map[string]service{}}
	probe.AtOnce(
		func() { r.Register("mail", service{"10.0.0.7", 25}) },
		func() { r.Deregister("mail") },
		func() {
			for _, s := range r.List() {
				_ = s.port
			}
		},
	)
}
