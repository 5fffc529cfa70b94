// This file makes nodes of alternatives: single runes become one class, and
// common beginnings are taken out.

package syntax

// alternate makes the node of alternatives.
func alternate(subs []*Regexp, flags Flags) *Regexp {
	if len(subs) == 1 {
		return subs[0]
	}
	var list []*Regexp
	for _, sub := range subs {
		if sub.Op == OpAlternate {
			list = append(list, sub.Sub...)
		} else {
			list = append(list, sub)
		}
	}
	list = factor(list, flags)
	list = mergeRunes(list)
	if len(list) == 1 {
		return list[0]
	}
	return &Regexp{Op: OpAlternate, Flags: flags, Sub: list}
}

// leadingText is the literal that an expression begins with.
func leadingText(re *Regexp) ([]rune, Flags) {
	if re.Op == OpConcat {
		re = re.Sub[0]
	}
	if re.Op != OpLiteral {
		return nil, 0
	}
	return re.Rune, re.Flags & FoldCase
}

// factor takes the beginnings that neighbours share out of them: abc|abd is
// ab(?:c|d). The order of the alternatives stays.
func factor(list []*Regexp, flags Flags) []*Regexp {
	var out []*Regexp
	for i := 0; i < len(list); {
		prefix, fold := leadingText(list[i])
		j := i + 1
		for ; j < len(list) && len(prefix) > 0; j++ {
			text, f := leadingText(list[j])
			n := 0
			for f == fold && n < len(text) && n < len(prefix) && text[n] == prefix[n] {
				n++
			}
			if n == 0 {
				break
			}
			prefix = prefix[:n]
		}
		if len(prefix) == 0 || j == i+1 {
			out = append(out, list[i])
			i++
			continue
		}
		var rests []*Regexp
		for _, re := range list[i:j] {
			rests = append(rests, cutText(re, len(prefix)))
		}
		head := &Regexp{Op: OpLiteral, Flags: list[i].Flags&^FoldCase | fold, Rune: append([]rune(nil), prefix...)}
		if list[i].Op == OpConcat {
			head.Flags = list[i].Sub[0].Flags
		}
		out = append(out, &Regexp{Op: OpConcat, Flags: flags, Sub: []*Regexp{head, alternate(rests, flags)}})
		i = j
	}
	return out
}

// cutText is the expression without its first n runes.
func cutText(re *Regexp, n int) *Regexp {
	if re.Op == OpConcat {
		first := cutText(re.Sub[0], n)
		rest := re.Sub[1:]
		if first.Op != OpEmptyMatch {
			return &Regexp{Op: OpConcat, Flags: re.Flags, Sub: append([]*Regexp{first}, rest...)}
		}
		if len(rest) == 1 {
			return rest[0]
		}
		return &Regexp{Op: OpConcat, Flags: re.Flags, Sub: rest}
	}
	if n == len(re.Rune) {
		return &Regexp{Op: OpEmptyMatch, Flags: re.Flags}
	}
	return &Regexp{Op: OpLiteral, Flags: re.Flags, Rune: re.Rune[n:]}
}

// mergeRunes makes one class of neighbours that match one rune each.
func mergeRunes(list []*Regexp) []*Regexp {
	var out []*Regexp
	for i := 0; i < len(list); {
		j := i
		for j < len(list) && oneRune(list[j]) {
			j++
		}
		if j-i < 2 {
			if list[i].Op == OpEmptyMatch && len(out) > 0 && out[len(out)-1].Op == OpEmptyMatch {
				i++ // the second can not be chosen
				continue
			}
			out = append(out, list[i])
			i++
			continue
		}
		var set class
		for _, re := range list[i:j] {
			switch re.Op {
			case OpLiteral:
				set.add(re.Rune[0], re.Rune[0])
				if re.Flags&FoldCase != 0 {
					set.fold(re.Rune[0], re.Rune[0])
				}
			case OpCharClass:
				for k := 0; k < len(re.Rune); k += 2 {
					set.add(re.Rune[k], re.Rune[k+1])
				}
			case OpAnyChar:
				set.add(0, maxRune)
			case OpAnyCharNotNL:
				set.add(0, '\n'-1)
				set.add('\n'+1, maxRune)
			}
		}
		out = append(out, set.node(list[i].Flags&^FoldCase))
		i = j
	}
	return out
}

func oneRune(re *Regexp) bool {
	switch re.Op {
	case OpLiteral:
		return len(re.Rune) == 1
	case OpCharClass, OpAnyChar, OpAnyCharNotNL:
		return true
	}
	return false
}
