package c

func F() int { return "c" }
