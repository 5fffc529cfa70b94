// Panics and recovery through several frames.
// Group: defer
package main

func deep(n, i int) int {
	if n == 0 {
		if i%2 == 0 {
			panic(i)
		}
		return i
	}
	return deep(n-1, i) + 1
}

func try(i int) (r int) {
	defer func() {
		if e := recover(); e != nil {
			r = e.(int) & 7
		}
	}()
	return deep(8, i)
}

func main() {
	sum := 0
	for i := range 2000000 {
		sum += try(i)
	}
	println(sum)
}
