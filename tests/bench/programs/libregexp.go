// regexp: a match anchored and not, submatches, all matches, replacement.
// Group: library
package main

import (
	"regexp"
	"strings"
)

func main() {
	text := strings.Repeat("From: Ann Example <ann@example.com> at 2024-05-17, see http://example.com/a?b=c for more; bob.b+x@mail.example.org wrote 12 lines.\n", 200)
	mail := regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+`)
	date := regexp.MustCompile(`(\d{4})-(\d{2})-(\d{2})`)
	word := regexp.MustCompile(`(?i)\b(ann|bob|example)\b`)
	whole := regexp.MustCompile(`^([a-z]+)://([^/]+)(/[^?]*)?(\?.*)?$`)
	n := 0
	for range 20 {
		n += len(mail.FindAllString(text, -1))
		n += len(date.ReplaceAllString(text, "$3.$2.$1"))
		n += len(word.FindAllStringIndex(text, -1))
	}
	for range 100000 {
		m := whole.FindStringSubmatch("https://example.com/some/path?with=query")
		n += len(m[2])
		if whole.MatchString("no address at all") {
			n++
		}
	}
	println(n)
}
