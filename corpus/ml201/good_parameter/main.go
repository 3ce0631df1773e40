// Package main caches the answers of a slow translator.
// The helper that gets the cache as an argument fills it, another one empties it when it has grown.
//
// run: heap steady
package main

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"example.com/corpus/probe"
)

const maxCached = 250

type translator struct {
	cache  sync.Map
	cached atomic.Int64
}

func (t *translator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text := r.FormValue("text")
	translated, hit := cached(&t.cache, text)
	if !hit {
		t.cached.Add(1)
	}
	if t.cached.CompareAndSwap(maxCached, 0) {
		empty(&t.cache)
	}
	w.Write([]byte(translated))
}

// cached returns the translation of text and whether it was known before.
func cached(cache *sync.Map, text string) (string, bool) {
	if known, ok := cache.Load(text); ok {
		return known.(string), true
	}
	translated := strings.ToUpper(text)
	cache.Store(text, translated)
	return translated, false
}

func empty(cache *sync.Map) {
	cache.Range(func(text, _ any) bool {
		cache.Delete(text)
		return true
	})
}

func main() {
	t := &translator{}
	http.Handle("/translate", t)
	probe.Requests(http.DefaultServeMux, func(i int) *http.Request {
		return probe.Get(i, "/translate?text=word+number+"+strconv.Itoa(i))
	})
}
