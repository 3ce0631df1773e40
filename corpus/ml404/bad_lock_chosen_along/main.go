// Pipelines of two kinds, each with its lock; Len takes the lock of the other kind.
//
// run: race
package main

import (
	"sync"

	"example.com/corpus/probe"
)

type Plan struct {
	metricsMu, tracesMu sync.Mutex
	metrics, traces     map[string]int
}

func (p *Plan) Measure(name string) {
	p.metricsMu.Lock()
	defer p.metricsMu.Unlock()
	p.metrics[name] = 1
	delete(p.metrics, name+"-old")
}

func (p *Plan) Trace(name string) {
	p.tracesMu.Lock()
	defer p.tracesMu.Unlock()
	p.traces[name] = 1
	delete(p.traces, name+"-old")
}

func (p *Plan) Len(kind string) int {
	var chosen map[string]int
	switch kind {
	case "metrics":
		chosen = p.metrics
		p.metricsMu.Lock()
		defer p.metricsMu.Unlock()
	case "traces":
		chosen = p.traces
		p.metricsMu.Lock()
		defer p.metricsMu.Unlock()
	}
	return len(chosen) // want ML404:"traces"
}

func main() {
	p := &Plan{metrics: map[string]int{}, traces: map[string]int{}}
	probe.AtOnce(
		func() { p.Measure("batch") },
		func() { p.Len("metrics") },
		func() { p.Trace("batch") },
		func() { p.Len("traces") },
	)
}
