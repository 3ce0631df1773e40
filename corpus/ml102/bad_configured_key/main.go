// Package main forwards requests and counts failures by the upstream that they came from.
// Whatever host a client asks for counts as one.
//
// run: heap grows
package main

import (
	"flag"
	"fmt"
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

type settings struct {
	upstream string
}

type proxy struct {
	settings settings
	mu       sync.Mutex
	failures map[string]int // want ML102:"failures"
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.failed(r.Host)
	http.Error(w, "unreachable", http.StatusBadGateway)
}

func (p *proxy) failed(host string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failures[host]++
}

func main() {
	p := &proxy{failures: map[string]int{}}
	flag.StringVar(&p.settings.upstream, "upstream", "localhost:9000", "where requests are forwarded to")
	flag.Parse()
	probe.Requests(p, func(i int) *http.Request {
		r := probe.Get(i, "/")
		r.Host = fmt.Sprintf("host-%d.example.com", i)
		return r
	})
}
