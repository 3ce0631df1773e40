package probe

import (
	"sync"
	"time"
)

// AtOnce makes every one of calls over and over, each in a goroutine of its own that rests for a moment
// after each call, and returns when all have stopped. The rests let the race detector speak before a map
// that was hit by two calls in the same instant stops the program.
func AtOnce(calls ...func()) {
	overlapping(calls, 200*time.Millisecond, 1, 20*time.Microsecond)
}

// Collide is AtOnce without the rests and for longer: for calls that are to hit a map in the same instant,
// which stops the program early.
func Collide(calls ...func()) {
	overlapping(calls, 600*time.Millisecond, 50, 0)
}

// overlapping makes a burst of each of calls, pauses, and begins again, until the time is over.
func overlapping(calls []func(), long time.Duration, burst int, pause time.Duration) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for _, call := range calls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			for began := time.Now(); time.Since(began) < long; time.Sleep(pause) {
				for range burst {
					call()
				}
			}
		}()
	}
	close(start)
	wg.Wait()
}
