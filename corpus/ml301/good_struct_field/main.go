// Package main queues mails and describes them when asked.
// The description keeps the two headers it needs.
//
// run: heap steady
package main

import (
	"strconv"

	"example.com/corpus/probe"
)

type mail struct {
	size     int
	describe func() string
}

type queue struct {
	in      chan map[string]string
	mails   []*mail
	longest int
}

func (q *queue) run() {
	for headers := range q.in {
		q.mails = append(q.mails, newMail(headers))
	}
}

func newMail(headers map[string]string) *mail {
	from, subject := headers["From"], headers["Subject"]
	return &mail{
		size: len(headers),
		describe: func() string {
			return from + ": " + subject
		},
	}
}

func headers(n int) map[string]string {
	all := map[string]string{"From": "ann@example.org", "Subject": "report " + strconv.Itoa(n)}
	for i := range 600 {
		all["X-Trace-"+strconv.Itoa(i)] = strconv.Itoa(n * i)
	}
	return all
}

func main() {
	q := &queue{in: make(chan map[string]string)}
	go q.run()
	probe.Reloads(func(i int) { q.in <- headers(i) })
}
