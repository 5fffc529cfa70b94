// This file holds all of package structs.

// Package structs has types that, as fields of a struct, say something about it.
package structs

// HostLayout, as the type of a field, says that the struct has the layout that
// the platform's C compiler gives it. (All structs have it.)
type HostLayout struct {
	_ hostLayout
}

// hostLayout keeps struct{} from being converted to HostLayout.
type hostLayout struct{}
