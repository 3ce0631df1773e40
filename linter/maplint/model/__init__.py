"""From facts to the program that rules ask: types, map sites, call graph, contexts, locks, lifetimes, verdicts."""
