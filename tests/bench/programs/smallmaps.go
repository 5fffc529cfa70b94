// Many small maps.
// Group: strings
package main

type key struct {
	a, b int32
}

func main() {
	sum := 0
	for i := range 1000000 {
		m := map[string]int{"one": i, "two": 2, "three": 3}
		m["four"] = i
		sum += m["one"] + m["three"] + len(m)
		k := map[key]bool{}
		k[key{int32(i), 1}] = true
		k[key{1, int32(i)}] = true
		if k[key{int32(i), 1}] {
			sum++
		}
	}
	println(sum)
}
