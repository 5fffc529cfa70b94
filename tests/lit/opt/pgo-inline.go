// A function that is too large to be inlined otherwise is inlined where a profile says that its call is hot, and nowhere else.
// RUN: printf 'GO PREPROFILE V1\nmain.main\nmain.mix\n4 990\nmain.main\nmain.mix\n5 1\n' > %t.pgo
// RUN: %gosubc build -pgo=%t.pgo --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build --emit=opt -o - %s | FileCheck --allow-empty --check-prefix=PLAIN %s
// RUN: %gosubc build -pgo=%t.pgo --emit=ir -o - %s | FileCheck --check-prefix=CALLS %s
// RUN: %gosubc run -pgo=%t.pgo %s 2>&1 | FileCheck --check-prefix=OUT %s
// RUN: %gosubc run %s 2>&1 | FileCheck --check-prefix=OUT %s
// CHECK: inline: main.main: main.mix{{$}}
// PLAIN-NOT: main.main: main.mix
package main

func mix(x, y uint32) uint32 {
	x ^= x<<13 ^ y
	x ^= x>>17 + y
	x ^= x<<5 ^ y
	y += x*7 + x%11
	y ^= y<<3 + x
	x += y*13 ^ y/3
	for i := range y % 4 {
		x ^= i*y + x<<2
		y += x*i ^ x>>3
		if x%3 == i {
			x ^= y>>5 + i*31
		} else if y%5 == i {
			y ^= x<<7 - i*17
		}
	}
	x ^= x<<13 ^ y
	x ^= x>>17 + y
	x ^= x<<5 ^ y
	y += x*7 + x%11
	y ^= y<<3 + x
	x += y*13 ^ y/3
	return x ^ y
}

// CALLS-LABEL: func @"main.main"
// CALLS-COUNT-1: call @"main.mix"
// CALLS-NOT: call @"main.mix"
func main() {
	t := uint32(1)
	for i := range uint32(1000) {
		// The line below is the hot one.
		t = mix(t, i)
		u := mix(i, 1)
		t += u
	}
	println(t)
}

// OUT: {{^[0-9]+$}}
