// Type switches and assertions to interfaces.
// Group: dispatch
package main

type expr interface{}
type num struct{ v int }
type add struct{ x, y expr }
type mul struct{ x, y expr }
type neg struct{ x expr }
type sizer interface{ size() int }

func (n *num) size() int { return 1 }
func (a *add) size() int { return 2 }

func eval(e expr) int {
	switch e := e.(type) {
	case *num:
		return e.v
	case *add:
		return eval(e.x) + eval(e.y)
	case *mul:
		return eval(e.x) * eval(e.y)
	case *neg:
		return -eval(e.x)
	}
	return 0
}

func build(depth int) expr {
	if depth == 0 {
		return &num{depth + 3}
	}
	switch depth % 3 {
	case 0:
		return &add{build(depth - 1), build(depth - 1)}
	case 1:
		return &mul{build(depth - 1), &num{2}}
	}
	return &neg{build(depth - 1)}
}

func main() {
	e := build(15)
	sum := 0
	for range 100000 {
		sum += eval(e)
	}
	values := []any{&num{1}, &add{}, &mul{}, 5, "x"}
	for i := range 60000000 {
		if s, ok := values[i%5].(sizer); ok {
			sum += s.size()
		}
	}
	println(sum)
}
