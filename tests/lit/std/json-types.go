// RUN: %gosubc run %s | sed 's/0x[0-9a-f]*/PTR/g' | diff %S/Inputs/json-types.out -
// Package json: struct tags, keys, paths of errors, tokens.

package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

type S struct {
	A int `json:"aa"`
	T *T
	Q []T
	e
	*f
}
type e struct{ X int }
type f struct{ Y int }
type T struct {
	Z  int
	F1 string
	F2 string `json:"F1"`
	G1 string `json:"G"`
	G2 string `json:"G"`
}
type U struct {
	T
	F1 int
}
type L []string
type Tag struct {
	A int `json:"'a,b'"`
	B int `json:"'-',omitempty"`
	C int `json:" x"`
	D int `json:"é!#$%&()*+-./:;<=>?@[]^_{|}~"`
	E int `json:"a,b,c"`
	F int `json:"x,string,omitempty"`
	G int `json:",String"`
	H int `json:"\u00e9q"`
	I int `json:"a\\b"`
	J int `json:"a'b"`
	K int `json:"case,case:strict"`
	L int `json:",omitempty "`
	M int `yaml:"x"`
	N int `json`
}
type rec struct {
	*rec
	V int
}

func d(s string, v any) {
	err := json.Unmarshal([]byte(s), v)
	fmt.Printf("%s => %+v %v", s, reflect.ValueOf(v).Elem(), err)
	if e, ok := err.(*json.UnmarshalTypeError); ok {
		fmt.Printf(" V=%q T=%v O=%d S=%q F=%q Err=%v", e.Value, e.Type, e.Offset, e.Struct, e.Field, e.Err)
	}
	fmt.Println()
}

type MyB byte
type MyS string
type mk struct{ a, b string }

func (m mk) MarshalText() ([]byte, error) { return []byte(m.a + "," + m.b), nil }
func (m *mk) UnmarshalText(b []byte) error {
	s := strings.Split(string(b), ",")
	if len(s) != 2 {
		return fmt.Errorf("bad mk %q", b)
	}
	m.a, m.b = s[0], s[1]
	return nil
}

type IF interface{ Foo() }
type Z struct{ v int }

func (z Z) IsZero() bool { return z.v == 3 }

func main() {
	d(`[{"aa":1},{"aa":"x"}]`, new([]S))
	d(`[{"AA":1},{"Aa":"x"}]`, new([]S))
	d(`{"a":{"AA":1},"b":{"Aa":"x"}}`, new(map[string]S))
	d(`{"t":{"z":"x"}}`, new(S))
	d(`{"T":{"Z":"x"}}`, new(*S))
	d(`{"Q":[{},{"Z":{}}]}`, new(S))
	d(`{"X":1}`, new(S))
	d(`{"Z":1,"F1":2}`, new(U))
	d(`{"F1":"a","G":"b"}`, new(T))
	d(`["a",1]`, new(L))
	d(`"aGk="`, new([]MyB))
	d(`"a\nG\nk="`, new([]byte))
	d(`"a"`, new(MyS))
	d(`{"V":1}`, new(rec))
	d(`{"a,b":1,"c":2}`, new(map[mk]int))
	d(`{"a":{"b":[1,{"c~/d":"x"}]}}`, new(map[string]map[string][]any))
	d(`{"a":{"b":[1,{"c~/d":"x"}]}}`, new(map[string]map[string][]int))
	d(`{"a~/b":"x"}`, new(map[string]int))
	d(`1`, new(IF))
	d(`{"a":1}`, new(struct {
		a int
		A *int
	}))
	d(`[1,null,3]`, new([]*int))
	d(`[1,null,3]`, &[]int{7, 8, 9, 10})
	d(`"\u0000\b\f\n\r\t\/\u00e9\ud83d\ude00\ud83dx\ude00"`, new(string))
	d(`1.5`, new(float32))
	d(`-0`, new(float64))
	d(`"x"`, new(*int))
	d(`18446744073709551615`, new(uint64))
	d(`18446744073709551616`, new(uint64))
	d(`-9223372036854775808`, new(int64))
	d(`-9223372036854775809`, new(int64))
	d(`{"1.5":2}`, new(map[float64]int))
	d(`{"true":2}`, new(map[bool]int))
	d(`{"s":"\"x\""}`, new(struct {
		S string `json:"s,string"`
	}))
	d(`{"s":"true"}`, new(struct {
		S bool `json:"s,string"`
	}))
	d(`{"s":"tru"}`, new(struct {
		S bool `json:"s,string"`
	}))
	d(`{"s":true}`, new(struct {
		S bool `json:"s,string"`
	}))
	d(`{"s":"1.5"}`, new(struct {
		S *float64 `json:"s,string"`
	}))
	d(`{"s":"null"}`, new(struct {
		S *float64 `json:"s,string"`
	}))
	d(`{"s":" 1"}`, new(struct {
		S int `json:"s,string"`
	}))
	d(`{"s":"0x10"}`, new(struct {
		S int `json:"s,string"`
	}))
	d(`[1,2]`, new(complex128))
	d(`{"K":1}`, new(struct{ K int }))
	b, err := json.Marshal(&Tag{})
	fmt.Println(string(b), err)
	b, err = json.Marshal(&S{})
	fmt.Println(string(b), err)
	b, err = json.Marshal(&U{})
	fmt.Println(string(b), err)
	b, err = json.Marshal(map[mk]int{{"b", "c"}: 1, {"a", "z"}: 2})
	fmt.Println(string(b), err)
	b, err = json.Marshal(rec{V: 1})
	fmt.Println(string(b), err)
	b, err = json.Marshal(map[MyS]any{"z": 1, "é": 2, "\U0001F600": 3, "\uffff": 4, "<": 5, "\xff": 6})
	fmt.Println(string(b), err)
	b, err = json.Marshal(struct {
		A Z    `json:",omitzero"`
		B *Z   `json:",omitzero"`
		C *int `json:",omitempty"`
		D []MyB
		E [2]MyB
		F MyS `json:",string"`
	}{A: Z{3}, D: []MyB{1}, F: "q"})
	fmt.Println(string(b), err)
	var p *S
	b, err = json.Marshal(struct {
		A any
		B IF
		C *S
	}{A: p})
	fmt.Println(string(b), err)
	b, err = json.Marshal(map[uint8]int{200: 1, 3: 2})
	fmt.Println(string(b), err)
	b, err = json.Marshal([]any{float32(1.1), int8(3), uint64(1 << 63), "a", true, []string{"x"}, [2]bool{true}})
	fmt.Println(string(b), err)
	fmt.Println((&json.SyntaxError{}).Error(), (&json.UnmarshalTypeError{Value: "x", Type: reflect.TypeOf(1)}).Error(), (&json.MarshalerError{Type: reflect.TypeOf(1), Err: err}))
	fmt.Println(&json.UnmarshalFieldError{"k", reflect.TypeOf(1), reflect.StructField{Name: "f"}})
	var r json.RawMessage = []byte(" [1]")
	b, err = json.Marshal(struct {
		R json.RawMessage
		P *json.RawMessage
	}{r, &r})
	fmt.Println(string(b), err, r)
	dec := json.NewDecoder(strings.NewReader(`{"a" : [1 , 2], "b":{"c":null}}  [] x`))
	for {
		var v any
		t, e := dec.Token()
		fmt.Print(t, " ", e, " ", dec.InputOffset(), ";")
		if t == "b" {
			fmt.Println(dec.Decode(&v), v, dec.InputOffset())
		}
		if e != nil {
			break
		}
	}
	fmt.Println()
	dec = json.NewDecoder(strings.NewReader(`[1,2,"x",{"a":1}] `))
	dec.Token()
	for dec.More() {
		var v int
		fmt.Println(dec.Decode(&v), v, dec.InputOffset())
	}
	fmt.Println(dec.Token())
	fmt.Println(dec.Token())
}
