package main

type mailStats struct {
	waiting, retries int
}

func (q *mailQueue) stats() mailStats {
	s := mailStats{waiting: len(q.attempts)} // want ML404:"attempts"
	for _, n := range q.attempts {
		s.retries += n - 1
	}
	return s
}
