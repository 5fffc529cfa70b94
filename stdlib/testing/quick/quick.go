// This file checks functions with arbitrary arguments.

// Package quick tests functions with arbitrary values.
package quick

import (
	"flag"
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"strings"
	"time"
)

var defaultCount = flag.Int("quickchecks", 100, "The default number of iterations for each check")

// Generator makes arbitrary values of its own type.
type Generator interface {
	// Generate returns a value; size says about how large it should be.
	Generate(rand *rand.Rand, size int) reflect.Value
}

// Config has options of a check.
type Config struct {
	MaxCount      int        // of calls; if 0, the usual number times MaxCountScale
	MaxCountScale float64    // 1 if 0
	Rand          *rand.Rand // seeded by the clock if nil
	// Values makes the arguments; if nil, the function Value does.
	Values func([]reflect.Value, *rand.Rand)
}

// SetupError is a wrong use of a check.
type SetupError string

// Error returns the message.
func (s SetupError) Error() string { return string(s) }

// CheckError is a call of Check's function that returned false.
type CheckError struct {
	Count int // of calls
	In    []any
}

// Error returns the message.
func (s *CheckError) Error() string {
	return fmt.Sprintf("#%d: failed on input %s", s.Count, list(s.In))
}

// CheckEqualError is a call with which the functions of CheckEqual differ.
type CheckEqualError struct {
	CheckError
	Out1 []any
	Out2 []any
}

// Error returns the message.
func (s *CheckEqualError) Error() string {
	return fmt.Sprintf("#%d: failed on input %s. Output 1: %s. Output 2: %s", s.Count, list(s.In), list(s.Out1), list(s.Out2))
}

func list(values []any) string {
	var parts []string
	for _, v := range values {
		parts = append(parts, fmt.Sprintf("%#v", v))
	}
	return strings.Join(parts, ", ")
}

func interfaces(values []reflect.Value) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v.Interface()
	}
	return out
}

// Value returns an arbitrary value of the type; ok is false if there is no way
// to make one. All fields of structs must be exported.
func Value(t reflect.Type, rand *rand.Rand) (value reflect.Value, ok bool) {
	return sized(t, rand, 50)
}

func sized(t reflect.Type, r *rand.Rand, size int) (reflect.Value, bool) {
	v := reflect.New(t).Elem()
	if g, ok := reflect.Zero(t).Interface().(Generator); ok {
		return g.Generate(r, size), true
	}
	switch k := t.Kind(); {
	case k == reflect.Bool:
		v.SetBool(r.Int()&1 == 0)
	case v.CanInt():
		v.SetInt(int64(r.Uint64()) >> (64 - t.Bits()))
	case v.CanUint():
		v.SetUint(r.Uint64() >> (64 - t.Bits()))
	case k == reflect.Float32:
		v.SetFloat(float(r, math.MaxFloat32))
	case k == reflect.Float64:
		v.SetFloat(float(r, math.MaxFloat64))
	case k == reflect.Complex64:
		v.SetComplex(complex(float(r, math.MaxFloat32), float(r, math.MaxFloat32)))
	case k == reflect.Complex128:
		v.SetComplex(complex(float(r, math.MaxFloat64), float(r, math.MaxFloat64)))
	case k == reflect.String:
		runes := make([]rune, r.Intn(50))
		for i := range runes {
			runes[i] = rune(r.Intn(0x10ffff))
		}
		v.SetString(string(runes))
	case k == reflect.Pointer:
		if r.Intn(size) == 0 {
			break // nil
		}
		elem, ok := sized(t.Elem(), r, size)
		if !ok {
			return v, false
		}
		v.Set(reflect.New(t.Elem()))
		v.Elem().Set(elem)
	case k == reflect.Slice, k == reflect.Array:
		if k == reflect.Slice {
			length := r.Intn(size)
			v.Set(reflect.MakeSlice(t, length, length))
			size -= length // at least 1 is left
		}
		for i := range v.Len() {
			elem, ok := sized(t.Elem(), r, size)
			if !ok {
				return v, false
			}
			v.Index(i).Set(elem)
		}
	case k == reflect.Map:
		v.Set(reflect.MakeMap(t))
		for range r.Intn(size) {
			key, ok1 := sized(t.Key(), r, size)
			elem, ok2 := sized(t.Elem(), r, size)
			if !ok1 || !ok2 {
				return v, false
			}
			v.SetMapIndex(key, elem)
		}
	case k == reflect.Struct:
		n := t.NumField()
		// What is left is shared by the fields, so that recursive types end.
		left := size
		if n > left {
			left = 1
		} else if n > 0 {
			left /= n
		}
		for i := range n {
			elem, ok := sized(t.Field(i).Type, r, left)
			if !ok {
				return v, false
			}
			v.Field(i).Set(elem)
		}
	default:
		return v, false
	}
	return v, true
}

// float is an arbitrary number up to limit in size.
func float(r *rand.Rand, limit float64) float64 {
	f := r.Float64() * limit
	if r.Int()&1 == 1 {
		f = -f
	}
	return f
}

// plan is what a check works with.
type plan struct {
	config Config
	count  int
	rand   *rand.Rand
}

func newPlan(config *Config) *plan {
	p := &plan{}
	if config != nil {
		p.config = *config
	}
	p.count = p.config.MaxCount
	if p.count == 0 {
		p.count = *defaultCount
		if p.config.MaxCountScale != 0 {
			p.count = int(p.config.MaxCountScale * float64(p.count))
		}
	}
	if p.rand = p.config.Rand; p.rand == nil {
		p.rand = rand.New(rand.NewSource(time.Now().UnixNano()))
	}
	return p
}

// arguments fills in the arguments of a call.
func (p *plan) arguments(args []reflect.Value, t reflect.Type) error {
	if p.config.Values != nil {
		p.config.Values(args, p.rand)
		return nil
	}
	for i := range args {
		v, ok := Value(t.In(i), p.rand)
		if !ok {
			return SetupError(fmt.Sprintf("cannot create arbitrary value of type %s for argument %d", t.In(i), i))
		}
		args[i] = v
	}
	return nil
}

// Check calls f, which returns a bool, with arbitrary arguments. If it returns
// false, that is a *CheckError.
func Check(f any, config *Config) error {
	fn := reflect.ValueOf(f)
	if fn.Kind() != reflect.Func {
		return SetupError("argument is not a function")
	}
	t := fn.Type()
	if t.NumOut() != 1 {
		return SetupError("function does not return one value")
	}
	if t.Out(0).Kind() != reflect.Bool {
		return SetupError("function does not return a bool")
	}
	p := newPlan(config)
	args := make([]reflect.Value, t.NumIn())
	for i := range p.count {
		if err := p.arguments(args, t); err != nil {
			return err
		}
		if !fn.Call(args)[0].Bool() {
			return &CheckError{i + 1, interfaces(args)}
		}
	}
	return nil
}

// CheckEqual calls f and g with the same arbitrary arguments. If their results
// differ, that is a *CheckEqualError.
func CheckEqual(f, g any, config *Config) error {
	x, y := reflect.ValueOf(f), reflect.ValueOf(g)
	if x.Kind() != reflect.Func {
		return SetupError("f is not a function")
	}
	if y.Kind() != reflect.Func {
		return SetupError("g is not a function")
	}
	t := x.Type()
	if t != y.Type() {
		return SetupError("functions have different types")
	}
	p := newPlan(config)
	args := make([]reflect.Value, t.NumIn())
	for i := range p.count {
		if err := p.arguments(args, t); err != nil {
			return err
		}
		a, b := interfaces(x.Call(args)), interfaces(y.Call(args))
		if !reflect.DeepEqual(a, b) {
			return &CheckEqualError{CheckError{i + 1, interfaces(args)}, a, b}
		}
	}
	return nil
}
