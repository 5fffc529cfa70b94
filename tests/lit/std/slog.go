// RUN: %gosubc run %s | sed 's/0x[0-9a-f]*/PTR/g' | diff %S/Inputs/slog.out -
// Package slog: text and JSON as Go writes them.

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"math"
	"os"
	"strings"
	"time"
)

type tm struct{ s string }

func (t tm) MarshalText() ([]byte, error) {
	if t.s == "" {
		return nil, errors.New("empty")
	}
	return []byte(t.s), nil
}

type lv struct{ n int }

func (l lv) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("n", l.n), slog.String("s", "x y"))
}

type loop struct{}

func (l loop) LogValue() slog.Value { return slog.AnyValue(l) }

type pan struct{}

func (pan) String() string               { panic("ouch") }
func (pan) MarshalJSON() ([]byte, error) { panic("ouchj") }

type st struct {
	A int
	B string `json:"b"`
}

func main() {
	drop := func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			return slog.Attr{}
		}
		return a
	}
	rep := func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == "time" {
			return slog.Attr{}
		}
		if a.Key == "secret" {
			a.Value = slog.StringValue("***")
		}
		if a.Key == "drop" {
			return slog.Attr{}
		}
		if len(groups) > 0 {
			a.Key = strings.Join(groups, "/") + ":" + a.Key
		}
		if a.Key == slog.LevelKey {
			a.Value = slog.StringValue(strings.ToLower(a.Value.Any().(slog.Level).String()))
		}
		return a
	}
	for _, opts := range []*slog.HandlerOptions{{ReplaceAttr: drop, Level: slog.LevelDebug}, {ReplaceAttr: rep}, {AddSource: true, ReplaceAttr: drop}} {
		for _, h := range []slog.Handler{slog.NewTextHandler(os.Stdout, opts), slog.NewJSONHandler(os.Stdout, opts)} {
			if opts.AddSource {
				var b bytes.Buffer
				if _, ok := h.(*slog.TextHandler); ok {
					h = slog.NewTextHandler(&b, opts)
				} else {
					h = slog.NewJSONHandler(&b, opts)
				}
				slog.New(h).Info("src", "a", 1)
				s := b.String()
				fmt.Println(strings.Contains(s, ".go:"), strings.Contains(s, `"line":`), strings.Contains(s, `main.main`))
				continue
			}
			l := slog.New(h)
			l.Debug("d")
			l.Info("hello world", "a", 1, "b", "x y", "c", 1.5, "d", true, "e", time.Second, "f", nil, "secret", "pw", "drop", 1)
			l.Warn("quote \"x\" é\n", "key with space", "a=b", "empty", "", "html", "<a&b>", "ctl", "\x01\x7f", "bad", "\xff", "u", uint8(3), "i", int16(-3), "nan", math.NaN(), "f32", float32(0.1))
			l.Error("err", "err", errors.New("boom e"), "tm", tm{"t m"}, "tme", tm{}, "lv", lv{3}, "bytes", []byte("ab c"), "st", st{1, "z"}, "pst", &st{2, "q"}, "map", map[string]int{"b": 1, "a": 2}, "sl", []int{1, 2}, "pan", pan{}, "nilp", (*tm)(nil))
			l.Info("groups", slog.Group("g", "a", 1, slog.Group("h", "b", 2)), slog.Group("empty"), slog.Group("", "inl", 1), "x", "y")
			l.Info("bad", "only")
			l.Info("bad2", 1, 2, "k")
			l2 := l.With("w", 1, "secret", 2).WithGroup("G").With("x", 2).WithGroup("H")
			l2.Info("m", "y", 3)
			l2.Info("m")
			l2.With().WithGroup("").Info("n", slog.Group("K", "z", 1))
			l.WithGroup("only").Info("none")
			l.WithGroup("only").With("drop", 1).Info("none", "drop", 2)
			l.LogAttrs(context.Background(), slog.LevelWarn+1, "attrs", slog.Time("t", time.Date(2020, 1, 2, 3, 4, 5, 678900000, time.UTC)), slog.Uint64("u", 1<<63), slog.Any("any", slog.IntValue(3)), slog.Any("lvl", slog.LevelError), slog.Duration("dur", 1500*time.Millisecond))
			l.Log(nil, slog.Level(2), "nilctx", "t0", time.Time{}, "far", time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC), "y10k", time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), "chan", fmt.Sprint(1), "ch", make(chan int) == nil)
			l.Info("loop", "l", loop{})
			r := slog.NewRecord(time.Date(2021, 1, 2, 3, 4, 5, 6, time.UTC), slog.LevelInfo, "rec", 0)
			r.AddAttrs(slog.Int("a", 1), slog.Int("b", 2), slog.Int("c", 3), slog.Int("d", 4), slog.Int("e", 5), slog.Int("f", 6))
			r.Add("g", 7)
			h.Handle(context.Background(), r)
			r2 := r.Clone()
			r2.Add("h", 8)
			h.Handle(context.Background(), r2)
			fmt.Println(r.NumAttrs(), r2.NumAttrs(), l.Enabled(context.Background(), slog.LevelDebug))
		}
	}
	nt := slog.NewRecord(time.Time{}, slog.LevelError, "notime", 0)
	slog.NewTextHandler(os.Stdout, nil).Handle(context.Background(), nt)
	slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{AddSource: true}).Handle(context.Background(), nt)
	tt := slog.NewRecord(time.Date(2021, 1, 2, 3, 4, 5, 678e6+9, time.FixedZone("x", 3600)), slog.LevelError, "tt", 0)
	slog.NewTextHandler(os.Stdout, nil).Handle(context.Background(), tt)
	slog.NewJSONHandler(os.Stdout, nil).Handle(context.Background(), tt)
	for _, s := range []string{"debug", "INFO", "warn+3", "Error-8", "x", "info+", "INFO+x", ""} {
		var l slog.Level
		err := l.UnmarshalText([]byte(s))
		fmt.Println(l, int(l), err)
		err = l.UnmarshalJSON([]byte(`"` + s + `"`))
		j, _ := json.Marshal(l)
		fmt.Println(l, err, string(j))
	}
	for _, l := range []slog.Level{-10, -4, -1, 0, 1, 4, 7, 8, 100} {
		fmt.Print(l, " ")
	}
	fmt.Println()
	var v slog.LevelVar
	fmt.Println(v.Level(), v.String())
	v.Set(slog.LevelWarn)
	b, _ := v.MarshalText()
	fmt.Println(&v, string(b), v.UnmarshalText([]byte("ERROR")), v.Level())
	vals := []slog.Value{{}, slog.StringValue("s"), slog.IntValue(-1), slog.Uint64Value(2), slog.Float64Value(1.5), slog.BoolValue(true), slog.DurationValue(time.Minute), slog.TimeValue(time.Unix(0, 0).UTC()), slog.GroupValue(slog.Int("a", 1)), slog.AnyValue(lv{1}), slog.AnyValue(st{1, "b"}), slog.TimeValue(time.Time{}), slog.AnyValue([]slog.Attr{slog.Int("q", 1)}), slog.AnyValue(int32(5)), slog.AnyValue(uintptr(7))}
	for i, x := range vals {
		fmt.Printf("%v %v %v %T", x.Kind(), x, x.Any(), x.Any())
		for j, y := range vals {
			if x.Equal(y) != (i == j) {
				fmt.Print(" EQ ", i, j)
			}
		}
		fmt.Println(x.Resolve().Kind())
	}
	func() { defer func() { fmt.Println(recover()) }(); slog.IntValue(1).Bool() }()
	func() { defer func() { fmt.Println(recover()) }(); slog.New(nil) }()
	fmt.Println(slog.Int("a", 1), slog.Int("a", 1).Equal(slog.Int("a", 2)), slog.Kind(99), slog.KindGroup)
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	slog.Info("via log", "a", 1, slog.Group("g", "b", "c d"))
	slog.Debug("hidden")
	slog.With("w", 1).WithGroup("g").Warn("with", "x", 2)
	fmt.Println(slog.SetLogLoggerLevel(slog.LevelDebug))
	slog.Debug("shown")
	slog.SetLogLoggerLevel(slog.LevelInfo)
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: drop})))
	log.Print("from log")
	log.Printf("from %s\n", "printf")
	slog.Error("default", "e", errors.New("x"))
	ll := slog.NewLogLogger(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: drop}), slog.LevelWarn)
	ll.Print("loglogger")
	m := slog.NewMultiHandler(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: drop}), slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: drop, Level: slog.LevelError}))
	slog.New(m).With("a", 1).WithGroup("g").Info("multi", "b", 2)
	slog.New(m).Error("multi2", "b", 2)
	slog.New(slog.DiscardHandler).Error("x")
}
