// encoding/json: values to text.
// Group: library
package main

import (
	"encoding/json"
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
	var items []item
	for i := range 1000 {
		it := item{ID: i, Name: "thing <" + strings.Repeat("n", i%20) + "> é", Price: float64(i) * 1.25, Tags: []string{"a", "bb", "ccc"}, Ok: i%2 == 0}
		if i%3 == 0 {
			it.Attrs = map[string]string{"color": "red", "size": "XL"}
			it.Next = &item{Name: "inner"}
		}
		items = append(items, it)
	}
	n := 0
	for range 150 {
		b, err := json.Marshal(items)
		if err != nil {
			panic(err)
		}
		n += len(b)
	}
	println(n)
}
