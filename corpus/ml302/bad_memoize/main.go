// Package main renders formulas and remembers the pictures.
// The memory of the function has no limit.
//
// run: heap grows
package main

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

// remembered returns a function that calls render once for each formula.
func remembered(render func(formula string) string) func(formula string) string {
	var mu sync.Mutex
	pictures := make(map[string]string)
	return func(formula string) string { // want ML302:"pictures"
		mu.Lock()
		defer mu.Unlock()
		if picture, ok := pictures[formula]; ok {
			return picture
		}
		picture := render(formula)
		pictures[formula] = picture
		return picture
	}
}

func svg(formula string) string {
	return "<svg>" + strings.ReplaceAll(formula, "*", "×") + "</svg>"
}

type server struct {
	picture func(formula string) string
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(s.picture(r.URL.Query().Get("formula"))))
}

func main() {
	s := &server{picture: remembered(svg)}
	probe.Requests(s, func(i int) *http.Request {
		return probe.Get(i, "/?formula=2*"+strconv.Itoa(i))
	})
}
