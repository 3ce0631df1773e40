// Package main keeps track of who is online.
// Going offline sets false, and a goroutine deletes who has been offline since its last round.
//
// run: heap steady
package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"example.com/corpus/probe"
)

type presence struct {
	mu     sync.Mutex
	online map[string]bool
}

func (p *presence) enter(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.online[r.FormValue("user")] = true
	fmt.Fprintln(w, len(p.online), "known users")
}

func (p *presence) leave(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.online[r.FormValue("user")] = false
}

func (p *presence) sweep() {
	for range time.Tick(time.Millisecond) {
		p.mu.Lock()
		for user, on := range p.online {
			if !on {
				delete(p.online, user)
			}
		}
		p.mu.Unlock()
	}
}

func main() {
	p := &presence{online: make(map[string]bool)}
	go p.sweep()
	mux := http.NewServeMux()
	mux.HandleFunc("/enter", p.enter)
	mux.HandleFunc("/leave", p.leave)
	probe.Requests(mux, func(i int) *http.Request {
		action := [...]string{"enter", "leave"}[i%2]
		return probe.Get(i, "/"+action+"?user=user-"+strconv.Itoa(i/2))
	})
}
