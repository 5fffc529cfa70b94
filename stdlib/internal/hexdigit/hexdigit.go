// Package hexdigit reads single hexadecimal digits.
package hexdigit

// Value returns the value of a digit, in small or capital letters, or -1.
func Value(c rune) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
