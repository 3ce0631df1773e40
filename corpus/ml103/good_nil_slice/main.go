// Package main is a mailbox server: letters wait until they are fetched.
// A mailbox that has been emptied is removed.
//
// run: heap steady
package main

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

var post struct {
	mu    sync.Mutex
	boxes map[string][]string
}

func send(w http.ResponseWriter, r *http.Request) {
	to := r.FormValue("to")
	post.mu.Lock()
	defer post.mu.Unlock()
	post.boxes[to] = append(post.boxes[to], r.FormValue("letter"))
}

func fetch(w http.ResponseWriter, r *http.Request) {
	for _, letter := range empty(r.FormValue("to")) {
		io.WriteString(w, strings.TrimSpace(letter))
	}
}

// empty takes all letters out of a box.
func empty(to string) []string {
	post.mu.Lock()
	defer post.mu.Unlock()
	letters := post.boxes[to]
	delete(post.boxes, to)
	return letters
}

func main() {
	post.boxes = make(map[string][]string)
	http.HandleFunc("/send", send)
	http.HandleFunc("/fetch", fetch)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		action := [...]string{"send", "fetch"}[i%2]
		return probe.Get(i, "/"+action+"?letter=hello&to=box-"+strconv.Itoa(i/2))
	})
}
