package testmod

func Add(a, b int) int {
	if a > 100 {
		return -1
	}
	return a + b
}
