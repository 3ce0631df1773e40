// A crawler that declares a mutex inside its loop, so that every goroutine locks another one.
//
// run: race
package main

import (
	"fmt"
	"net/url"
	"sync"
)

func fetch(page *url.URL) int {
	return len(page.Path)
}

func crawl(pages []*url.URL) map[string]int {
	sizes := map[string]int{}
	var wg sync.WaitGroup
	for _, page := range pages {
		var mu sync.Mutex
		wg.Add(1)
		go func() {
			defer wg.Done()
			size := fetch(page)
			mu.Lock()
			defer mu.Unlock()
			sizes[page.Host] += size // want ML406:"sizes"
		}()
	}
	wg.Wait()
	return sizes
}

func main() {
	var pages []*url.URL
	for _, host := range []string{"a.example", "b.example", "c.example"} {
		pages = append(pages, &url.URL{Scheme: "https", Host: host, Path: "/index.html"})
	}
	fmt.Println(len(crawl(pages)), "hosts")
}
