// A router whose constructor starts to serve before it has filled in the routes.
//
// run: race
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
	go r.serve()
	r.routes["/"] = upstream // want ML401:"routes"
	r.routes["/static"] = "files:" + upstream
	return r
}

func (r *router) serve() {
	for path := range r.lookups {
		r.found <- r.routes[path] // want ML401:"routes"
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
