// A crawler that declares its mutex before the loop, so that all goroutines lock the same.
//
// run: ok
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
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, page := range pages {
		wg.Add(1)
		go func() {
			defer wg.Done()
			size := fetch(page)
			mu.Lock()
			defer mu.Unlock()
			sizes[page.Host] += size
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
