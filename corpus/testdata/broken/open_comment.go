package broken

var jobs = map[int]string{}

/* This comment has no end.

func Add(id int, name string) {
	jobs[id] = name
}
