package probe

import (
	"net/http"
	"net/http/httptest"
)

// Requests sends the requests that next makes for 0, 1, 2 … to handler.
func Requests(handler http.Handler, next func(i int) *http.Request) {
	Calls(func(i int) { handler.ServeHTTP(httptest.NewRecorder(), next(i)) })
}

// Get returns a request for target that comes from the i-th client's address.
func Get(i int, target string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.RemoteAddr = Address(i)
	return r
}
