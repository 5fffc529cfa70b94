// encoding/json: text to structs and to any.
// Group: library
package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

type item struct {
	ID    int               `json:"id"`
	Name  string            `json:"name"`
	Price float64           `json:"price"`
	Tags  []string          `json:"tags"`
	Attrs map[string]string `json:"attrs,omitempty"`
	Next  *item             `json:"next,omitempty"`
	Ok    bool
}

func main() {
	var b strings.Builder
	b.WriteString("[")
	for i := range 1000 {
		if i > 0 {
			b.WriteString(",\n  ")
		}
		fmt.Fprintf(&b, `{"id": %d, "name": "thing %d \u00e9", "price": %g, "tags": ["a", "bb", "ccc"], "Ok": %v, "other": [1, 2, {"x": null}]`, i, i, float64(i)*1.25, i%2 == 0)
		if i%3 == 0 {
			b.WriteString(`, "attrs": {"color": "red", "size": "XL"}, "next": {"name": "inner"}`)
		}
		b.WriteString("}")
	}
	b.WriteString("]")
	text := []byte(b.String())
	n := 0
	for range 40 {
		var items []item
		if err := json.Unmarshal(text, &items); err != nil {
			panic(err)
		}
		n += len(items) + items[999].ID
		var v any
		if err := json.Unmarshal(text, &v); err != nil {
			panic(err)
		}
		n += len(v.([]any))
	}
	println(n)
}
