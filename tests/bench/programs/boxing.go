// Values stored in interfaces and taken out again.
// Group: memory
package main

type point struct{ x, y int }

func value(i int) any {
	switch i % 4 {
	case 0:
		return i
	case 1:
		return float64(i)
	case 2:
		return point{i, -i}
	}
	return "s"
}

func main() {
	values := make([]any, 1000)
	sum := 0
	for i := range 20000000 {
		values[i%1000] = value(i)
		switch v := values[i*7%1000].(type) {
		case int:
			sum += v
		case float64:
			sum += int(v)
		case point:
			sum += v.x + v.y
		case string:
			sum += len(v)
		}
	}
	println(sum)
}
