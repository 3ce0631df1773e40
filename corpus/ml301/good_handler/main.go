// Package main serves the size of each map tile it has loaded.
// The handler that answers keeps the number.
//
// run: heap steady
package main

import (
	"fmt"
	"net/http"

	"example.com/corpus/probe"
)

type point struct{ x, y int }

type atlas struct {
	mux *http.ServeMux
}

func (a *atlas) add(name string, tile map[point]string) {
	places := len(tile)
	a.mux.HandleFunc("GET /tiles/"+name, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%d places\n", places)
	})
}

func survey(n int) map[point]string {
	tile := make(map[point]string)
	for x := range 30 {
		for y := range 30 {
			tile[point{x, y}] = fmt.Sprint("place ", n, x, y)
		}
	}
	return tile
}

func main() {
	a := &atlas{mux: http.NewServeMux()}
	http.Handle("/", a.mux)
	probe.Reloads(func(i int) { a.add(fmt.Sprint(i), survey(i)) })
}
