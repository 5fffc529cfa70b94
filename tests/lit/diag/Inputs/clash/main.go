package main

import (
	b "example.com/clash/b"
	"math/rand"
)

func take(s b.Source) {}

func main() {
	var r rand.Source
	take(r)
}
