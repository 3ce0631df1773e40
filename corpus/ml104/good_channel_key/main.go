// Package main is a hub that tells waiting requests about news.
// Each waits on a channel of its own, which the hub forgets when it is gone.
//
// run: heap steady
package main

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/corpus/probe"
)

type hub struct {
	mu      sync.Mutex
	waiting map[chan string]string
}

func (h *hub) join(name string) chan string {
	news := make(chan string, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waiting[news] = name
	return news
}

func (h *hub) leave(news chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.waiting, news)
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	news := h.join(r.RemoteAddr)
	defer h.leave(news)
	select {
	case text := <-news:
		fmt.Fprintln(w, text)
	default:
		fmt.Fprintln(w, "nothing new")
	}
}

func main() {
	h := &hub{waiting: map[chan string]string{}}
	probe.Requests(h, func(i int) *http.Request { return probe.Get(i, "/news") })
}
