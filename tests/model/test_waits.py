"""Goroutines that go on for long, and functions that wait for theirs."""

from __future__ import annotations

import pytest
from closure_findings import grown, shown
from programs import signs_of


@pytest.mark.parametrize(
    "started",
    ["go work()", "var group sync.WaitGroup; group.Go(work)", "start(work)"],
)
def test_a_goroutine_that_loops_grows_its_map(started: str) -> None:
    found = grown(
        f"""
        func start(f func()) {{ go f() }}

        func Watch(peers <-chan string) {{
            seen := map[string]bool{{}}
            work := func() {{
                for peer := range peers {{
                    seen[peer] = true
                }}
            }}
            {started}
        }}
        """
    )
    assert shown(found) == ["Watch.seen"]


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("<-done", "it receives what the goroutine sends"),
        ("select { case <-done: case <-ctx.Done(): }", "it waits for it, with a time limit"),
        ("for range done { }", "it ranges over what the goroutine sends"),
        ("wg.Wait()", "it waits for the group"),
        ("defer wg.Wait()", "it waits for the group at its end"),
    ],
)
def test_a_function_that_waits_for_its_goroutine_keeps_nothing(end: str, why: str) -> None:
    found = grown(
        f"""
        func Collect(ctx context.Context, peers <-chan string) int {{
            seen := map[string]bool{{}}
            done := make(chan bool)
            var wg sync.WaitGroup
            wg.Add(1)
            go func() {{
                defer wg.Done()
                for peer := range peers {{
                    seen[peer] = true
                }}
                done <- true
                close(done)
            }}()
            {end}
            return len(seen)
        }}
        """
    )
    assert found == [], why


@pytest.mark.parametrize("end", ["<-ctx.Done()", "<-stop", "for { time.Sleep(time.Second) }"])
def test_waiting_for_the_end_of_the_program_is_no_join(end: str) -> None:
    found = grown(
        f"""
        func Run(ctx context.Context, stop <-chan bool, peers <-chan string) {{
            seen := map[string]bool{{}}
            go func() {{
                for peer := range peers {{
                    seen[peer] = true
                }}
            }}()
            {end}
        }}
        """
    )
    assert shown(found) == ["Run.seen"]


def test_goroutines_that_do_their_work_and_end_grow_nothing() -> None:
    found = grown(
        """
        func Fetch(urls []string, fetch func(string) int) map[string]int {
            var mu sync.Mutex
            sizes := map[string]int{}
            for _, url := range urls {
                go func() {
                    mu.Lock()
                    defer mu.Unlock()
                    sizes[url] = fetch(url)
                }()
            }
            return sizes
        }
        """
    )
    assert found == []


def test_pages_that_are_fetched_until_the_last_are_no_endless_loop() -> None:
    found = grown(
        """
        type page struct { ids []string; next string }

        func Load(list func(token string) page) {
            known := map[string]bool{}
            go func() {
                token := ""
                for {
                    p := list(token)
                    for _, id := range p.ids {
                        known[id] = true
                    }
                    if token = p.next; token == "" {
                        return
                    }
                }
            }()
        }
        """
    )
    assert found == []


LINES = """package main

import (
	"bufio"
	"net"
	"net/http"
	"os"
)

var names = map[string]int{}

func load(path string) {
	OPENS
	lines := bufio.NewReader(from)
	for {
		line, err := READS
		if err != nil {
			return
		}
		names[line]++
	}
}

func receive(*bufio.Reader) (string, error)

func handle(w http.ResponseWriter, r *http.Request) { println(len(names)) }

func main() { go load("/etc/passwd"); http.HandleFunc("/", handle) }
"""


@pytest.mark.parametrize(
    ("opens", "reads", "sign"),
    [
        ("from, _ := os.Open(path)", "lines.ReadString('\\n')", "reached-in-a-goroutine"),
        ("from, _ := os.Open(path)", "receive(lines)", "reached-in-a-loop"),
        ("from, _ := os.OpenFile(path, 0, 0)", "lines.ReadString('\\n')", "reached-in-a-loop"),
        ('from, _ := net.Dial("tcp", path)', "lines.ReadString('\\n')", "reached-in-a-loop"),
    ],
)
def test_a_loop_over_the_lines_of_a_file_ends(opens: str, reads: str, sign: str) -> None:
    text = LINES.replace("OPENS", opens).replace("READS", reads)
    found = signs_of({"main.go": text}, "example.com/m.names")
    assert sign in found
