// Package main renders formulas and remembers the pictures.
// The memory of the function has a limit.
//
// run: heap steady
package main

import (
	"net/http"
	"strconv"
	"strings"
	"sync"

	"example.com/corpus/probe"
)

// remembered returns a function that calls render once for each of the first formulas.
func remembered(render func(formula string) string) func(formula string) string {
	const limit = 200
	var mu sync.Mutex
	pictures := make(map[string]string)
	return func(formula string) string {
		mu.Lock()
		defer mu.Unlock()
		if picture, ok := pictures[formula]; ok {
			return picture
		}
		picture := render(formula)
		if len(pictures) >= limit {
			return picture
		}
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
