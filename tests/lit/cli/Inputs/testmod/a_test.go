package testmod

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestAdd(t *testing.T) {
	if Add(1, 2) != 3 {
		t.Error("bad")
	}
	t.Log("hello", 3)
}

func helper(t *testing.T, s string) {
	t.Helper()
	t.Errorf("helper says %s\nsecond line", s)
}

func TestSub(t *testing.T) {
	t.Run("one", func(t *testing.T) { t.Log("in one") })
	t.Run("two words", func(t *testing.T) { helper(t, "x"); t.FailNow() })
	t.Run("", func(t *testing.T) { t.Skip("skipped it") })
	t.Run("one", func(t *testing.T) { t.Skipf("again") })
	t.Run("grp", func(t *testing.T) {
		for i := range 3 {
			t.Run(fmt.Sprint("p", i), func(t *testing.T) { t.Parallel(); time.Sleep(time.Duration(3-i) * time.Millisecond) })
		}
	})
}

func TestPar1(t *testing.T) { t.Parallel(); t.Log("p1") }
func TestPar2(t *testing.T) { t.Parallel(); t.Fatal("p2") }
func TestClean(t *testing.T) {
	t.Cleanup(func() { t.Log("cleanup 1") })
	t.Cleanup(func() { fmt.Println("cleanup 2") })
	d := t.TempDir()
	os.WriteFile(d+"/x", []byte("x"), 0o644)
	t.Setenv("FOO", "bar")
	t.Attr("key", "value")
	fmt.Fprintf(t.Output(), "to output %s\n", os.Getenv("FOO"))
	fmt.Print("no newline")
}

func ExampleAdd() {
	fmt.Println(Add(1, 2))
	// Output: 3
}

func ExampleAdd_bad() {
	fmt.Println(Add(1, 2))
	// Output: 4
}

func ExampleAdd_unordered() {
	fmt.Println("b")
	fmt.Println("a")
	// Unordered output:
	// a
	// b
}
func Example_noOut() {
	fmt.Println("b")
}

func BenchmarkAdd(b *testing.B) {
	for b.Loop() {
		Add(1, 2)
	}
}
func BenchmarkSub(b *testing.B) {
	b.Run("x=1", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; i < b.N; i++ {
			_ = make([]byte, b.N%7+1000)
		}
	})
	b.Run("y", func(b *testing.B) {
		b.SetBytes(100)
		b.ReportMetric(3.5, "foo/op")
		for i := 0; i < b.N; i++ {
			Add(i, 3)
		}
	})
}
func FuzzAdd(f *testing.F) {
	f.Add(1, "x")
	f.Add(200, "y")
	f.Fuzz(func(t *testing.T, a int, s string) {
		if Add(a, 1) != a+1 {
			t.Errorf("fuzz %d %s", a, s)
		}
	})
}
