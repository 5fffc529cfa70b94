package good_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	. "ex.com/testmod/good"
)

var mine = flag.Int("mine", 1, "a flag of the tests")

func TestMain(m *testing.M) {
	fmt.Println("set up")
	code := m.Run()
	fmt.Println("torn down", *mine)
	os.Exit(code)
}

func TestTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	if Twice(*mine) != 2**mine {
		t.Fail()
	}
}
