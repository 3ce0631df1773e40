package main

type mailStats struct {
	waiting, retries int
}

func (q *mailQueue) stats() mailStats {
	q.mu.Lock()
	defer q.mu.Unlock()
	s := mailStats{waiting: len(q.attempts)}
	for _, n := range q.attempts {
		s.retries += n - 1
	}
	return s
}
