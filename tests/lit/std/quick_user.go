// Arbitrary arguments of all kinds; users of the system.
// RUN: %gosubc run %s | FileCheck %s
package main

import (
	"errors"
	"fmt"
	"math/rand"
	"os/user"
	"testing/quick"
)

type node struct {
	Name  string
	Left  *node
	Kids  []node
	Count map[int8]uint16
	Three [3]complex64
}

func main() {
	calls := 0
	err := quick.Check(func(n node, f float32, s []bool, p **int) bool { calls++; return f == f }, &quick.Config{MaxCount: 30})
	fmt.Println(err, calls) // CHECK: <nil> 30

	config := &quick.Config{Rand: rand.New(rand.NewSource(1))}
	err = quick.Check(func(x int8) bool { return x >= 0 }, config)
	var failed *quick.CheckError
	fmt.Println(errors.As(err, &failed) && failed.In[0].(int8) < 0) // CHECK-NEXT: true
	err = quick.CheckEqual(func(x uint8) int { return int(x) }, func(x uint8) int { return int(x) % 256 }, config)
	fmt.Println(err) // CHECK-NEXT: <nil>
	err = quick.CheckEqual(func(x uint8) int { return int(x) }, func(x uint8) int { return -1 }, config)
	var differ *quick.CheckEqualError
	fmt.Println(errors.As(err, &differ) && differ.Count == 1 && differ.Out2[0] == -1) // CHECK-NEXT: true
	fmt.Println(quick.Check(func(c chan int) bool { return true }, nil))
	// CHECK-NEXT: cannot create arbitrary value of type chan int for argument 0
	fmt.Println(quick.Check(1, nil), quick.Check(func() int { return 1 }, nil))
	// CHECK-NEXT: argument is not a function function does not return a bool

	root, err := user.LookupId("0")
	fmt.Println(root.Username, root.Gid, err) // CHECK-NEXT: root 0 <nil>
	_, err = user.Lookup("no-such-user")
	fmt.Println(err) // CHECK-NEXT: user: unknown user no-such-user
	group, err := user.LookupGroup("root")
	fmt.Println(group.Gid, err) // CHECK-NEXT: 0 <nil>
}
