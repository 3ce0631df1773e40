var lost = map[string]int{}

func Lose(name string) { lost[name]++ }
