// Package main builds indexes and says at exit whether any was built in debug mode.
// The hook asks the settings for one flag.
//
// run: heap grows
package main

import (
	"log"
	"strconv"

	"example.com/corpus/probe"
)

type server struct {
	onExit []func()
	warned int
}

// atExit adds a function that runs when the server stops.
func (s *server) atExit(hook func()) {
	s.onExit = append(s.onExit, hook)
}

func (s *server) stop() {
	for _, hook := range s.onExit {
		hook()
	}
	log.Printf("%d of %d indexes were built in debug mode", s.warned, len(s.onExit))
}

func (s *server) rebuild(settings map[string]string) {
	s.atExit(func() { // want ML301:"settings"
		if _, debug := settings["debug"]; debug {
			s.warned++
		}
	})
}

func settings(n int) map[string]string {
	all := map[string]string{"debug": "yes"}
	for i := range 500 {
		all["option."+strconv.Itoa(i)] = strconv.Itoa(n)
	}
	return all
}

func main() {
	s := &server{}
	defer s.stop()
	probe.Reloads(func(i int) { s.rebuild(settings(i)) })
}
