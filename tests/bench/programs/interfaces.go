// Methods called through interfaces of several types.
// Group: dispatch
package main

type shape interface{ area() float64 }
type square struct{ a float64 }
type circle struct{ r float64 }
type rect struct{ a, b float64 }

func (s square) area() float64  { return s.a * s.a }
func (c *circle) area() float64 { return 3.14159 * c.r * c.r }
func (r rect) area() float64    { return r.a * r.b }

func main() {
	var shapes []shape
	for i := range 1000 {
		switch i % 3 {
		case 0:
			shapes = append(shapes, square{float64(i)})
		case 1:
			shapes = append(shapes, &circle{float64(i)})
		case 2:
			shapes = append(shapes, rect{float64(i), 2})
		}
	}
	sum := 0.0
	for range 150000 {
		for _, s := range shapes {
			sum += s.area()
		}
	}
	println(int(sum / 1e9))
}
