package broken

var hits = map[string]int{}

func Count(client string) {
	hits[
}

func Reset() {
	hits = make(map[string]int)
}
