// RUN: %gosubc run %s | sed 's/0x[0-9a-f]*/PTR/g' | diff %S/Inputs/json.out -
// Package json: results and errors, as Go gives them.

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

type S struct {
	A int
	B string `json:"b,omitempty"`
	C *S     `json:"c"`
	D []int
	E map[string]int
	F float32
	G uint8
	H [2]int
	I any
	J bool
	K json.Number
	L []byte
	M json.RawMessage
	N time.Time `json:"n,omitzero"`
	O int64     `json:",string"`
}

type In struct {
	X int
	Y int `json:"yy"`
}
type Emb struct {
	In
	*S
	Z int
}
type M1 struct{ v int }

func (m M1) MarshalJSON() ([]byte, error) { return nil, errors.New("boom") }

type M2 struct{}

func (m M2) MarshalJSON() ([]byte, error) { return []byte("{bad"), nil }

type M3 struct{}

func (m M3) MarshalText() ([]byte, error) { return nil, errors.New("boomt") }

type M4 struct{ K map[M3]int }
type T1 struct{ v string }

func (t *T1) UnmarshalText(b []byte) error { t.v = string(b); return nil }

type U1 struct{ v string }

func (t *U1) UnmarshalJSON(b []byte) error {
	t.v = string(b)
	if len(b) > 5 {
		return errors.New("toolong")
	}
	return nil
}

type PM struct{ a int }

func (p *PM) MarshalJSON() ([]byte, error) { return []byte(fmt.Sprint(p.a)), nil }

type Cyc struct{ P *Cyc }

func d(data string, v any) {
	err := json.Unmarshal([]byte(data), v)
	fmt.Printf("%.60s => %+v | %T %v", data, v, err, err)
	switch e := err.(type) {
	case *json.SyntaxError:
		fmt.Printf(" @%d", e.Offset)
	case *json.UnmarshalTypeError:
		fmt.Printf(" V=%q T=%v O=%d S=%q F=%q Err=%v", e.Value, e.Type, e.Offset, e.Struct, e.Field, e.Err)
	}
	fmt.Println()
}
func m(v any) {
	b, err := json.Marshal(v)
	fmt.Printf("%T: %s | %T %v\n", v, b, err, err)
	if e := errors.Unwrap(err); e != nil {
		fmt.Printf("   %T %v\n", e, e)
	}
}

func main() {
	var a any
	for _, s := range []string{"", " ", "{", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{a", "{\"a\" 1", "[1 2", "nul", "nulx", "tru", "-", "-x", "1.", "1.x", "1e", "1e+", "01", "\"abc", "\"a\nb\"", "\"\\x\"", "\"\\u12", "\"\\u12g4\"", "]", "[]]", "{} x", "[1,]", "{\"a\":1,}", "{1:2}", "\x01", "é", "'a'", "\"\xff\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "1 ", "\xef\xbb\xbf1", "[\"a\", tr]", strings.Repeat("[", 10001), "1e400", "\"\\", "+1", "0x1", "1_0", "[01]", "{\"a\":1 \"b\":2}", "{\"a\"}"} {
		a = nil
		d(s, &a)
	}
	var s S
	for _, t := range []string{`{"A":"x"}`, `{"A":1.5}`, `{"A":1e2}`, `{"G":300}`, `{"G":-1}`, `{"c":{"A":true}}`, `{"c":{"D":[1,"x",3]}}`, `{"E":{"a":"b"}}`, `{"E":[1]}`, `{"D":{}}`, `{"D":"x"}`, `{"H":[1,2,3]}`, `{"H":[1]}`, `{"J":1}`, `{"K":"12"}`, `{"K":"x"}`, `{"K":12.50}`, `{"L":"aGk="}`, `{"L":"a$"}`, `{"L":[1,2]}`, `{"M":{ "x" : 1}}`, `{"F":1e39}`, `{"F":"1"}`, `{"n":"bad"}`, `{"n":1}`, `{"n":"2020-01-02T03:04:05Z"}`, `{"O":"12"}`, `{"O":12}`, `{"O":"x"}`, `{"O":null}`, `{"O":""}`, `{"b":1,"A":2}`, `{"a":7,"B":"q"}`, `[1]`, `"x"`, `1`, `null`, `true`, `{"c":null,"D":null,"E":null,"A":null}`, `{"A":1,"A":"z","G":"w"}`} {
		s = S{}
		d(t, &s)
		if s.C != nil {
			fmt.Printf("   C=%+v\n", *s.C)
		}
	}
	d("1", nil)
	d("1", s)
	d("1", (*int)(nil))
	var i8 int8
	d("128", &i8)
	d("-128", &i8)
	var f any = &i8
	d("7", &f)
	fmt.Println(i8)
	var io1 io.Reader
	d("7", &io1)
	d("null", &io1)
	var mi map[int]string
	d(`{"1":"a","x":"b"}`, &mi)
	var mf map[float64]string
	d(`{"1":"a"}`, &mf)
	var mt map[T1]string
	d(`{"1":"a"}`, &mt)
	var mu8 map[uint8]string
	d(`{"1":"a","300":"x"}`, &mu8)
	var t1 T1
	d(`"x"`, &t1)
	d(`1`, &t1)
	d(`{}`, &t1)
	d(`null`, &t1)
	var u1 U1
	d(` [ 1 ]`, &u1)
	d(`"toolong"`, &u1)
	var us []U1
	d(`[1, "abcdefg", null]`, &us)
	var c chan int
	d("1", &c)
	d("null", &c)
	var e Emb
	d(`{"X":1,"yy":2,"A":3,"Z":4}`, &e)
	sl := []int{1, 2, 3, 4}
	d("[9]", &sl)
	d("[]", &sl)
	mm := map[string]int{"a": 1}
	d(`{"b":2}`, &mm)
	var st struct {
		a int
		B struct{ C []struct{ D int } }
	}
	d(`{"B":{"C":[{"D":1},{"D":"x"}]}}`, &st)
	d(`{"B":{"C":[{"D":1},{"D":[]}]}}`, &st)
	var mst map[string]struct{ A int }
	d(`{"k":{"A":"s"}}`, &mst)

	m(S{})
	m(&S{A: 1, B: "<&>\u2028\"\\\x01\xff\t", C: &S{}, D: []int{1}, E: map[string]int{"b": 1, "a": 2}, F: 1.5e-8, I: []any{1, "a", nil, 1e21, 1e-7, 100000.5}, K: "12", L: []byte("hi"), M: json.RawMessage(`{ "a" : 1 }`), N: time.Unix(0, 0).UTC()})
	m(math.NaN())
	m(math.Inf(-1))
	m(struct{ X float64 }{math.Inf(1)})
	m(make(chan int))
	m(func() {})
	m(complex(1, 2))
	m(map[float64]int{1: 1})
	m(map[int]int{10: 1, 9: 2})
	m(map[bool]int{true: 1})
	m(M1{})
	m([]M1{{}})
	m(M2{})
	m(M3{})
	m(M4{map[M3]int{{}: 1}})
	m(PM{3})
	m(&PM{3})
	m([]PM{{4}})
	m([1]PM{{4}})
	m(map[string]PM{"a": {5}})
	m(struct{ P PM }{PM{6}})
	m(&struct{ P PM }{PM{6}})
	m((*PM)(nil))
	m(json.Number(""))
	m([]byte(nil))
	m([]byte{})
	m([3]byte{1, 2, 3})
	m([]int(nil))
	m(map[string]int(nil))
	m(nil)
	m(Emb{})
	m(Emb{S: &S{}})
	cy := &Cyc{}
	cy.P = cy
	_, err := json.Marshal(cy)
	fmt.Printf("%T %v\n", err, err)
	mc := map[string]any{}
	mc["a"] = mc
	_, err = json.Marshal(mc)
	fmt.Printf("%T %v\n", err, err)
	m([]float64{0, 1, -0.0, 1e20, 1e21, 1.5e300, 123456789, 1e-6, 1e-7, 5e-324, math.Copysign(0, -1)})
	m([]float32{0, 1e20, 1e21, 1e-6, 1e-7, 3.4e38, 0.1})
	m(struct {
		A int       `json:"-"`
		B int       `json:"-,"`
		C int       `json:"a b"`
		D int       `json:"a\"b"`
		E int       `json:"x<y"`
		F string    `json:",string"`
		G bool      `json:",string"`
		H *int      `json:",string"`
		I float64   `json:"é,string"`
		J []int     `json:",omitempty,string"`
		K struct{}  `json:",omitempty"`
		L time.Time `json:",omitzero"`
		M [0]int    `json:",omitempty"`
		N any       `json:",omitempty"`
		o int
	}{F: "a\"b"})
	var buf bytes.Buffer
	for _, s := range []string{`{"a":[1,2,{}],"b":[],"c":{"d":null}}`, ` [1, 2 ] `, `{`, `[1 2]`, `"a<b"`, `{"a":1}x`} {
		buf.Reset()
		err := json.Indent(&buf, []byte(s), ">", "  ")
		fmt.Printf("%q %v\n", buf.String(), err)
		buf.Reset()
		err = json.Compact(&buf, []byte(s))
		fmt.Printf("%q %v\n", buf.String(), err)
	}
	json.HTMLEscape(&buf, []byte("\"<a>&\u2028\u2029\""))
	fmt.Println(buf.String())
	b, err := json.MarshalIndent(map[string]any{"a": []int{1, 2}, "b": map[string]int{}, "c": []int{}}, "#", "\t")
	fmt.Println(string(b), err)
	dec := json.NewDecoder(strings.NewReader(`{"a":1} [2] "x" 3 nul`))
	for {
		var v any
		err := dec.Decode(&v)
		fmt.Println(v, err, dec.InputOffset())
		if err != nil {
			break
		}
	}
	for _, s := range []string{`{"a":[1,"b",true,null,{"c":1.5}]} 5`, `[1 2]`, `{"a" 1}`, `{1:2}`, `[1,]`, `[}`, `{"a":1`, `{"a":}`, `[,1]`, `]`, `{"a":1,}`, ``, `"x`} {
		dec := json.NewDecoder(strings.NewReader(s))
		for {
			t, err := dec.Token()
			fmt.Printf("%T %v %v %v %d;", t, t, err, dec.More(), dec.InputOffset())
			if err != nil {
				fmt.Printf(" %T", err)
				break
			}
		}
		fmt.Println()
	}
	dec = json.NewDecoder(strings.NewReader(`[{"A":1},{"A":2,"Q":3},{"A":"x"}]`))
	dec.DisallowUnknownFields()
	fmt.Println(dec.Token())
	for dec.More() {
		var s S
		err := dec.Decode(&s)
		fmt.Println(s.A, err, dec.InputOffset())
		if err != nil && s.A == 0 {
			break
		}
	}
	fmt.Println(dec.Token())
	dec = json.NewDecoder(strings.NewReader(`{"a":12345678901234567890, "b":[1.0]} tail`))
	dec.UseNumber()
	fmt.Println(dec.Decode(&a), a)
	rest, _ := io.ReadAll(dec.Buffered())
	fmt.Printf("%q\n", rest)
	enc := json.NewEncoder(&buf)
	buf.Reset()
	enc.SetEscapeHTML(false)
	enc.Encode("<a>\u2028")
	enc.SetIndent("-", " ")
	enc.Encode(map[string]int{"x": 1})
	enc.Encode([]int{})
	fmt.Println(buf.String())
	n := json.Number("12")
	fmt.Println(n.Int64())
	fmt.Println(n.Float64())
	fmt.Println(n.String(), json.Number("x").String())
	_, err = json.Number("x").Int64()
	fmt.Println(err)
	fmt.Println(json.Valid([]byte(`{"a":1}`)), json.Valid([]byte(`{"a":1`)))
	fmt.Println(json.Delim('['), &json.InvalidUTF8Error{"x"})
	_ = (&json.UnmarshalFieldError{})
}
