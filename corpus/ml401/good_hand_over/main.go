// A runner that checks a few times in quick succession and, when that is over, once more at its leisure.
//
// run: ok
package main

import "example.com/corpus/probe"

// Run checks the services until each was seen, and once more later.
func Run(services []string) {
	seen := map[string]int{}
	check := func() {
		for _, service := range services {
			seen[service]++
		}
	}
	steady := make(chan struct{})
	done := make(chan struct{}, 2)
	go func() {
		for range 3 {
			check()
		}
		steady <- struct{}{}
		done <- struct{}{}
	}()
	go func() {
		<-steady
		check()
		done <- struct{}{}
	}()
	<-done
	<-done
}

func main() {
	probe.AtOnce(func() { Run([]string{"api", "db", "web"}) })
}
