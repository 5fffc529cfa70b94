// This file holds the printing of one operand: by its own methods, as a basic
// value, or by reflection (composite.go).

package fmt

import "reflect"

// printer is the state of one call of a printing function.
//
// Functions that print a value for a verb return whether the verb is one for
// such values; if not they have printed nothing, and whoever knows the operand
// reports it (misfit).
type printer struct {
	directive
	out []byte
	// bare: values print without their methods, as part of a report.
	bare bool
	// panicking: what a method panicked with is being printed.
	panicking bool
	// wraps: %w is a verb. wrapped are the indexes of its operands.
	wraps   bool
	wrapped []int
}

// isText reports whether arg is a string, for Print's blanks.
func isText(arg any) bool {
	if _, ok := arg.(string); ok {
		return true
	}
	return reflect.ValueOf(arg).Kind() == reflect.String
}

// print joins operands; a blank stands between two that aren't strings.
func (p *printer) print(list []any) {
	text := true
	for i, arg := range list {
		before := text
		text = isText(arg)
		if i > 0 && !before && !text {
			p.out = append(p.out, ' ')
		}
		p.operand(arg, 'v')
	}
}

// println joins operands with blanks and ends the line.
func (p *printer) println(list []any) {
	for _, arg := range list {
		p.operand(arg, 'v')
		p.out = append(p.out, ' ')
	}
	if len(list) == 0 {
		p.out = append(p.out, '\n')
	} else {
		p.out[len(p.out)-1] = '\n'
	}
}

// operand prints arg for verb, or the report that it can't.
func (p *printer) operand(arg any, verb rune) {
	switch verb {
	case 's', 'd', 'v':
	case 'T':
		if arg == nil {
			p.word("<nil>")
		} else {
			p.field(reflect.TypeOf(arg).String())
		}
		return
	case 'p':
		if arg == nil || !p.pointer(reflect.ValueOf(arg), verb) {
			p.misfit(arg, verb)
		}
		return
	}
	fits := false
	switch v := arg.(type) {
	case string:
		fits = p.string(v, verb)
	case int:
		fits = p.signed(int64(v), verb)
	case bool:
		fits = p.boolean(v, verb)
	case float64:
		fits = p.float(v, 64, verb)
	case int64:
		fits = p.signed(v, verb)
	case int32:
		fits = p.signed(int64(v), verb)
	case uint8:
		fits = p.unsigned(uint64(v), verb)
	case uint64:
		fits = p.unsigned(v, verb)
	case []byte:
		fits = p.bytes(v, verb, "[]byte") || p.kind(reflect.ValueOf(v), verb, true)
	case nil:
		if fits = verb == 'v'; fits {
			p.word("<nil>")
		}
	case reflect.Value:
		// What it holds is the operand, if it may be taken out.
		switch {
		case !v.IsValid():
			p.text("<invalid reflect.Value>")
			return
		case v.CanInterface():
			if p.byMethod(v.Interface(), verb) {
				return
			}
		}
		if !p.kind(v, verb, true) {
			p.misfitValue(v, verb)
		}
		return
	default:
		fits = p.byMethod(arg, verb) || p.kind(reflect.ValueOf(arg), verb, true)
	}
	if !fits {
		p.misfit(arg, verb)
	}
}

// part prints a value inside a composite one.
func (p *printer) part(v reflect.Value, verb rune) {
	if v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if v.CanInterface() && p.byMethod(v.Interface(), verb) {
		return
	}
	if p.kind(v, verb, false) {
		return
	}
	p.misfitValue(v, verb)
}

// report begins the report on an operand that the verb is not for. Reports show
// values without their methods: bare is set until the report ends.
func (p *printer) report(verb rune) {
	p.bare = true
	p.text("%!")
	p.char(verb)
	p.out = append(p.out, '(')
}

// misfit reports that the verb is none for arg: %!verb(type=value).
func (p *printer) misfit(arg any, verb rune) {
	p.report(verb)
	p.typed(arg)
	p.bare = false
	p.out = append(p.out, ')')
}

// misfitValue is misfit for an operand, or a part of one, that is not at hand
// as an interface value.
func (p *printer) misfitValue(v reflect.Value, verb rune) {
	p.report(verb)
	p.text(v.Type().String())
	p.out = append(p.out, '=')
	p.kind(v, 'v', true)
	p.bare = false
	p.out = append(p.out, ')')
}

// typed prints type=value.
func (p *printer) typed(arg any) {
	if arg == nil {
		p.text("<nil>")
		return
	}
	p.text(reflect.TypeOf(arg).String())
	p.out = append(p.out, '=')
	p.operand(arg, 'v')
}

// byMethod prints arg by a method of its type, if there is one for the verb.
func (p *printer) byMethod(arg any, verb rune) (done bool) {
	if p.bare {
		return false
	}
	if verb == 'w' {
		if _, ok := arg.(error); !ok || !p.wraps {
			p.misfit(arg, verb)
			return true
		}
		verb = 'v'
	}
	if f, ok := arg.(Formatter); ok {
		p.format(f, verb)
		return true
	}
	if p.has(syntax) {
		g, ok := arg.(GoStringer)
		if ok {
			if s, ok := p.ask(g, verb, "GoString"); ok {
				p.field(s)
			}
		}
		return ok
	}
	switch verb {
	case 'v', 's', 'q', 'x', 'X':
	default:
		return false
	}
	method := "Error"
	switch arg.(type) {
	case error:
	case Stringer:
		method = "String"
	default:
		return false
	}
	if s, ok := p.ask(arg, verb, method); ok {
		p.string(s, verb)
	}
	return true
}

// format lets f print itself.
func (p *printer) format(f Formatter, verb rune) {
	defer p.caught(f, verb, "Format")
	f.Format(p, verb)
}

// ask calls the method that gives arg's text. It is not ok if the method
// panicked, which is then printed already.
func (p *printer) ask(arg any, verb rune, method string) (s string, ok bool) {
	defer p.caught(arg, verb, method)
	switch method {
	case "Error":
		s = arg.(error).Error()
	case "String":
		s = arg.(Stringer).String()
	case "GoString":
		s = arg.(GoStringer).GoString()
	}
	return s, true
}

// caught prints what a method's panic said, deferred by the method's caller. A
// method that could not bear a nil receiver is no mistake: that prints as <nil>.
func (p *printer) caught(arg any, verb rune, method string) {
	reason := recover()
	if reason == nil {
		return
	}
	if v := reflect.ValueOf(arg); v.Kind() == reflect.Pointer && v.IsNil() {
		p.text("<nil>")
		return
	}
	if p.panicking {
		// The text of a panic's value panics: no end of it.
		panic(reason)
	}
	given := p.directive
	p.directive = plain
	p.panicking = true
	p.text("%!")
	p.char(verb)
	p.text("(PANIC=" + method + " method: ")
	p.operand(reason, 'v')
	p.out = append(p.out, ')')
	p.panicking = false
	p.directive = given
}
