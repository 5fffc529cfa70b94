// Package good is tested from outside only, through a TestMain.
package good

func Twice(n int) int { return 2 * n }
