// A router whose constructor fills in the routes before it starts to serve.
//
// run: ok
package main

import "fmt"

type router struct {
	routes  map[string]string
	lookups chan string
	found   chan string
}

func newRouter(upstream string) *router {
	r := &router{
		routes:  map[string]string{},
		lookups: make(chan string, 8),
		found:   make(chan string, 8),
	}
	r.lookups <- "/"
	r.routes["/"] = upstream
	r.routes["/static"] = "files:" + upstream
	go r.serve()
	return r
}

func (r *router) serve() {
	for path := range r.lookups {
		r.found <- r.routes[path]
	}
	close(r.found)
}

func main() {
	r := newRouter("10.0.0.7:80")
	r.lookups <- "/static"
	close(r.lookups)
	for upstream := range r.found {
		fmt.Println(upstream)
	}
}
