// An exporter whose collector goroutine publishes a fresh map each time, through an atomic pointer.
//
// run: ok
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync/atomic"
	"time"
)

var gauges atomic.Pointer[map[string]int]

func collect(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Millisecond):
			fresh := map[string]int{}
			fresh["goroutines"] = runtime.NumGoroutine()
			fresh["cpus"] = runtime.NumCPU()
			gauges.Store(&fresh)
		}
	}
}

func scrape(w http.ResponseWriter, r *http.Request) {
	for name, value := range *gauges.Load() {
		fmt.Fprintln(w, name, value)
	}
}

func main() {
	gauges.Store(&map[string]int{})
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
