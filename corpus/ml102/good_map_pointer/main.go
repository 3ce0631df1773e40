// Package main is a router that holds its table behind a pointer.
// A flush puts an empty table behind the pointer.
//
// run: heap steady
package main

import (
	"log"
	"strconv"

	"example.com/corpus/probe"
)

type announcement struct {
	prefix, hop string
	flush       bool
}

type router struct {
	routes  *map[string]string
	updates <-chan announcement
}

func newRouter(updates <-chan announcement) *router {
	return &router{routes: &map[string]string{}, updates: updates}
}

func (r *router) run() {
	for a := range r.updates {
		if a.flush {
			r.flush()
			continue
		}
		if hop, ok := (*r.routes)[a.prefix]; ok && hop != a.hop {
			log.Printf("%s moved from %s to %s", a.prefix, hop, a.hop)
		}
		(*r.routes)[a.prefix] = a.hop
	}
}

func (r *router) flush() {
	for prefix, hop := range *r.routes {
		if hop == "" {
			log.Printf("%s leads nowhere", prefix)
		}
	}
	*r.routes = make(map[string]string)
}

func main() {
	updates := make(chan announcement)
	go newRouter(updates).run()
	probe.Messages(updates, func(i int) announcement {
		return announcement{prefix: "10.0.0.0/" + strconv.Itoa(i), hop: "192.0.2.1", flush: i%300 == 0}
	})
}
