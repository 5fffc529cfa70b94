// This file holds the types of push iterators.

// Package iter names the function types that a range clause can run over.
package iter

// Seq is a sequence of values. Called with a function yield, it calls yield
// with one value after the other, until there are no more or yield returns
// false.
type Seq[V any] func(yield func(V) bool)

// Seq2 is a sequence of pairs of values, mostly a key or index with a value.
// It calls yield as a Seq does.
type Seq2[K, V any] func(yield func(K, V) bool)
