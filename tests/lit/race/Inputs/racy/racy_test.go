// One test with a race, one without.
package rt

import "testing"

func TestRacy(t *testing.T) {
	x := 0
	done := make(chan bool)
	go func() { x++; done <- true }()
	x++
	<-done
	if x == 0 {
		t.Fatal("zero")
	}
}

func TestClean(t *testing.T) {
	x := 0
	done := make(chan bool)
	go func() { x++; done <- true }()
	<-done
	x++
}
