// An exporter whose collector goroutine fills the map that its scrape handler walks.
//
// run: race
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"time"
)

var gauges = map[string]int{"goroutines": 0, "cpus": 0}

func collect(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Millisecond):
			gauges["goroutines"] = runtime.NumGoroutine() // want ML401:"gauges"
			gauges["cpus"] = runtime.NumCPU()
		}
	}
}

func scrape(w http.ResponseWriter, r *http.Request) {
	for name, value := range gauges { // want ML401:"gauges"
		fmt.Fprintln(w, name, value)
	}
}

func main() {
	stop := make(chan struct{})
	go collect(stop)
	http.HandleFunc("/metrics", scrape)
	for range 200 {
		request := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		http.DefaultServeMux.ServeHTTP(httptest.NewRecorder(), request)
		time.Sleep(100 * time.Microsecond)
	}
	close(stop)
}
