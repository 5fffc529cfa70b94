// Numbers to strings and back with strconv.
// Group: strings
package main

import "strconv"

func main() {
	sum := 0
	buf := make([]byte, 0, 64)
	for i := range 3000000 {
		s := strconv.Itoa(i * 31)
		n, err := strconv.Atoi(s)
		if err != nil {
			panic(err)
		}
		sum += n
		buf = strconv.AppendInt(buf[:0], int64(i), 16)
		sum += len(buf)
	}
	for i := range 600000 {
		s := strconv.FormatFloat(float64(i)*1.37, 'g', -1, 64)
		f, _ := strconv.ParseFloat(s, 64)
		sum += int(f)
	}
	println(sum)
}
