"""Maps whose entries are series of metrics."""

from __future__ import annotations

import pytest
from programs import signs_of

TEXT = """package main

import (
	"net/http"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

type series struct { good, bad prometheus.Counter }

type counted struct { vec *prometheus.CounterVec; labels int }

type peer struct { addr string; seen prometheus.Counter }

type metrics struct {
	vec   *prometheus.CounterVec
	cache CACHE
}

var all metrics

func handle(w http.ResponseWriter, r *http.Request) { STORES }

func main() { http.HandleFunc("/", handle) }
"""

SERIES = {
    "counters": ("map[string]prometheus.Counter", "all.cache[r.Host] = all.vec.WithLabelValues(r.Host)"),
    "structs of counters": ("map[string]*series", "all.cache[r.Host] = &series{}"),
    "structs of counters and numbers": ("map[string]*counted", "all.cache[r.Host] = &counted{}"),
    "what a sync.Map is given": ("sync.Map", "all.cache.Store(r.Host, all.vec.WithLabelValues(r.Host))"),
    "a variable that was looked up first": (
        "sync.Map",
        """counter, ok := all.cache.Load(r.Host)
	if !ok {
		counter = all.vec.WithLabelValues(r.Host)
		all.cache.Store(r.Host, counter)
	}""",
    ),
    "a literal of new series": (
        "sync.Map",
        "all.cache.Store(r.Host, series{good: all.vec.WithLabelValues(r.Host, `good`)})",
    ),
}
OTHERS = {
    "objects that have a counter too": ("map[string]*peer", "all.cache[r.Host] = &peer{}"),
    "the labels that a series is deleted by": (
        "map[string]prometheus.Labels",
        "all.cache[r.Host] = prometheus.Labels{`host`: r.Host}",
    ),
    "something else in a sync.Map": ("sync.Map", "all.cache.Store(r.Host, &peer{addr: r.Host})"),
}


def has_sign(cache: str, stores: str) -> bool:
    found = signs_of(
        {"main.go": TEXT.replace("CACHE", cache).replace("STORES", stores)}, "example.com/m.metrics.cache"
    )
    return "entries-are-metrics" in found


@pytest.mark.parametrize(("cache", "stores"), SERIES.values(), ids=SERIES)
def test_series_are_bounded_by_their_labels(cache: str, stores: str) -> None:
    assert has_sign(cache, stores)


@pytest.mark.parametrize(("cache", "stores"), OTHERS.values(), ids=OTHERS)
def test_other_entries_are_not(cache: str, stores: str) -> None:
    assert not has_sign(cache, stores)
