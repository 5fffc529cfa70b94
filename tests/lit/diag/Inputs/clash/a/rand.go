// Package rand has a type whose name another package of the same name has, too.
package rand

type Source struct{ n int }

func New() *Source { return undefinedInA }
