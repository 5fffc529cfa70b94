// Calculator evaluates arithmetic expressions, one on each line of standard
// input: + - * / % ^, parentheses, functions, variables with "name = expr".
// Without input it evaluates some of its own.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode"
)

// Parser is a recursive-descent parser that evaluates as it goes.
type Parser struct {
	text string
	pos  int
	vars map[string]float64
}

// SyntaxError says where an expression is wrong.
type SyntaxError struct {
	Pos int
	Msg string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("column %d: %s", e.Pos+1, e.Msg) }

var functions = map[string]func(float64) float64{
	"sqrt": math.Sqrt, "abs": math.Abs, "floor": math.Floor, "ceil": math.Ceil,
}

func (p *Parser) fail(format string, args ...any) {
	panic(&SyntaxError{p.pos, fmt.Sprintf(format, args...)})
}

func (p *Parser) peek() byte {
	for p.pos < len(p.text) && p.text[p.pos] == ' ' {
		p.pos++
	}
	if p.pos == len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

func (p *Parser) accept(c byte) bool {
	if p.peek() == c {
		p.pos++
		return true
	}
	return false
}

func (p *Parser) sum() float64 {
	x := p.product()
	for {
		switch {
		case p.accept('+'):
			x += p.product()
		case p.accept('-'):
			x -= p.product()
		default:
			return x
		}
	}
}

func (p *Parser) product() float64 {
	x := p.unary()
	for {
		switch {
		case p.accept('*'):
			x *= p.unary()
		case p.accept('/'):
			y := p.unary()
			if y == 0 {
				panic(errors.New("division by zero"))
			}
			x /= y
		case p.accept('%'):
			x = float64(int(x) % int(p.unary()))
		default:
			return x
		}
	}
}

func (p *Parser) power() float64 {
	x := p.primary()
	if p.accept('^') {
		n := int(p.unary())
		r := 1.0
		for range n {
			r *= x
		}
		return r
	}
	return x
}

func (p *Parser) unary() float64 {
	if p.accept('-') {
		return -p.unary()
	}
	return p.power()
}

func (p *Parser) primary() float64 {
	if p.accept('(') {
		x := p.sum()
		if !p.accept(')') {
			p.fail("missing )")
		}
		return x
	}
	p.peek()
	start := p.pos
	for p.pos < len(p.text) && (unicode.IsLetter(rune(p.text[p.pos])) || p.text[p.pos] == '.' || unicode.IsDigit(rune(p.text[p.pos]))) {
		p.pos++
	}
	word := p.text[start:p.pos]
	if word == "" {
		p.fail("expected a number or name")
	}
	if x, err := strconv.ParseFloat(word, 64); err == nil {
		return x
	}
	if f, ok := functions[word]; ok {
		return f(p.primary())
	}
	x, ok := p.vars[word]
	if !ok {
		p.pos = start
		p.fail("unknown name %q", word)
	}
	return x
}

// Eval evaluates a line; errors in it come back as an error.
func Eval(line string, vars map[string]float64) (x float64, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			panic(r)
		}
	}()
	name, expr, assign := strings.Cut(line, "=")
	if !assign {
		expr = line
	}
	p := &Parser{text: expr, vars: vars}
	x = p.sum()
	if p.peek() != 0 {
		p.fail("unexpected %q", p.text[p.pos])
	}
	if assign {
		vars[strings.TrimSpace(name)] = x
	}
	return x, nil
}

func main() {
	vars := map[string]float64{"pi": math.Pi}
	eval := func(line string) {
		if x, err := Eval(line, vars); err != nil {
			fmt.Printf("%s: %v\n", line, err)
		} else {
			fmt.Printf("%s: %g\n", line, x)
		}
	}
	in := bufio.NewScanner(os.Stdin)
	any := false
	for in.Scan() {
		any = true
		eval(in.Text())
	}
	if any {
		return
	}
	for _, line := range []string{
		"1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "r = 2.5", "pi * r ^ 2", "sqrt(2)",
		"10 % 4 + 0.5", "7 / 0", "8 % 0", "2 * (3 + 4", "x + 1", "1 $ 2", "",
	} {
		eval(line)
	}
}
