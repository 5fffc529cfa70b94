package boom

import "testing"

func TestBefore(t *testing.T) { t.Log("fine") }

func TestBoom(t *testing.T) {
	t.Cleanup(func() { t.Log("cleaned up") })
	t.Run("inner", func(t *testing.T) {
		t.Log("about to")
		panic("boom")
	})
}
