// A runner that checks a few times in quick succession and then at its leisure; both goroutines note what they saw.
//
// run: race
package main

import "example.com/corpus/probe"

// Run checks the services until each was seen, and once more later.
func Run(services []string) {
	seen := map[string]int{}
	check := func() {
		for _, service := range services {
			seen[service]++ // want ML401:"seen"
		}
	}
	steady := make(chan struct{})
	done := make(chan struct{}, 2)
	go func() {
		steady <- struct{}{}
		for range 3 {
			check()
		}
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
