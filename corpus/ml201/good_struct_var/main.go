// Package main counts the open streams of each viewer.
// A viewer without streams loses the counter.
//
// run: heap steady
package main

import (
	"net/http"
	"sync"
	"sync/atomic"

	"example.com/corpus/probe"
)

const perViewer = 3

var video struct {
	title   string
	streams sync.Map
}

func watch(w http.ResponseWriter, r *http.Request) {
	entry, _ := video.streams.LoadOrStore(r.RemoteAddr, new(atomic.Int32))
	open := entry.(*atomic.Int32)
	defer func() {
		if open.Add(-1) == 0 {
			video.streams.Delete(r.RemoteAddr)
		}
	}()
	if open.Add(1) > perViewer {
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	w.Write([]byte(video.title))
}

func main() {
	video.title = "the making of a map"
	http.HandleFunc("/watch", watch)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/watch")
	})
}
