package testmod_test

import (
	"testing"

	"ex.com/testmod"
)

func TestExt(t *testing.T) {
	if testmod.Add(1, 1) != 2 {
		t.Fatal("no")
	}
}
