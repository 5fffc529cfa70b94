// Recover is a tour of defer, panic and recover: what runs when, what
// survives, and who may recover.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
)

// order shows that deferred calls run last in, first out, and that their
// arguments are evaluated at the defer statement.
func order() {
	for i := range 3 {
		defer fmt.Println("  deferred", i)
	}
	x := 1
	defer fmt.Println("  x was", x)
	x = 2
	defer func() { fmt.Println("  x is", x) }()
	fmt.Println("  body done")
}

// named changes its result after return.
func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n *= 10
			err = fmt.Errorf("caught %v", r)
		}
	}()
	n = 4
	panic("trouble")
}

// helper may not recover: it is not called by the panic itself.
func helper() any { return recover() }

func nested() (log []string) {
	defer func() { log = append(log, fmt.Sprint("outer got ", recover())) }()
	defer func() {
		if helper() == nil {
			log = append(log, "a helper gets nothing")
		}
		defer func() {
			log = append(log, fmt.Sprint("inner got ", recover()))
		}()
		panic("second")
	}()
	panic("first")
}

type account struct{ balance int }

var errFunds = errors.New("insufficient funds")

// transfer takes back what it did when something goes wrong half-way.
func transfer(from, to *account, amount int) (err error) {
	undo := []func(){}
	defer func() {
		if r := recover(); r != nil {
			for i := len(undo) - 1; i >= 0; i-- {
				undo[i]()
			}
			if e, ok := r.(error); ok && errors.Is(e, errFunds) {
				err = e
				return
			}
			panic(r)
		}
	}()
	to.balance += amount
	undo = append(undo, func() { to.balance -= amount })
	from.balance -= amount
	undo = append(undo, func() { from.balance += amount })
	if from.balance < 0 {
		panic(fmt.Errorf("transfer of %d: %w", amount, errFunds))
	}
	return nil
}

// kinds recovers from each kind of run-time error.
func kinds() {
	var m map[string]int
	var p *account
	var i any = "text"
	zero := 0
	s := []int{1, 2, 3}
	for _, f := range []func(){
		func() { m["x"] = 1 },
		func() { p.balance++ },
		func() { _ = i.(int) },
		func() { _ = i.(fmt.Stringer) },
		func() { zero = 1 / zero },
		func() { _ = s[len(s)+zero] },
		func() { _ = s[2:zero] },
		func() { _ = make([]int, zero-1) },
		func() { _ = [4]int(s) },
		func() { panic(nil) },
		func() { var f func(); f() },
		func() { _ = any(s) == any(s) },
		func() { panic(fmt.Sprintf("just text %d", 7)) },
	} {
		func() {
			defer func() {
				r := recover()
				_, isRuntime := r.(runtime.Error)
				fmt.Printf("  %v (runtime error: %t)\n", r, isRuntime)
			}()
			f()
		}()
	}
}

func main() {
	fmt.Println("order:")
	order()
	fmt.Print("named results: ")
	fmt.Println(named())
	fmt.Println("nested:", strings.Join(nested(), "; "))
	a, b := &account{100}, &account{0}
	fmt.Println("transfer:", transfer(a, b, 70), a.balance, b.balance)
	fmt.Println("transfer:", transfer(a, b, 70), a.balance, b.balance)
	fmt.Println("run-time errors:")
	kinds()
	if len(os.Args) > 1 {
		panic(os.Args[1])
	}
}
