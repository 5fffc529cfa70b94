// This file reads files of seeds: a version line, then one Go value a line, such as int(3) or []byte("x").

package testing

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

const corpusVersion = "go test fuzz v1"

func parseCorpus(text string) (values []any, err error) {
	version, rest, _ := strings.Cut(text, "\n")
	if strings.TrimSuffix(version, "\r") != corpusVersion {
		return nil, fmt.Errorf("unknown encoding version: %s", version)
	}
	for line := range strings.Lines(rest) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		v, err := parseValue(line)
		if err != nil {
			return nil, fmt.Errorf("malformed line %q: %v", line, err)
		}
		values = append(values, v)
	}
	if len(values) == 0 {
		return nil, errors.New("must include version and at least one value")
	}
	return values, nil
}

// parseValue reads a conversion of a constant.
func parseValue(line string) (any, error) {
	typ, arg, ok := strings.Cut(line, "(")
	if !ok || !strings.HasSuffix(arg, ")") {
		return nil, errors.New("expected a call")
	}
	arg = strings.TrimSpace(arg[:len(arg)-1])
	switch typ = strings.TrimSpace(typ); typ {
	case "[]byte":
		s, err := strconv.Unquote(arg)
		return []byte(s), err
	case "string":
		return strconv.Unquote(arg)
	case "bool":
		switch arg {
		case "true":
			return true, nil
		case "false":
			return false, nil
		}
		return nil, errors.New("malformed bool")
	case "float32", "float64":
		return parseFloat(typ, arg)
	case "math.Float32frombits":
		n, err := strconv.ParseUint(arg, 0, 32)
		return math.Float32frombits(uint32(n)), err
	case "math.Float64frombits":
		n, err := strconv.ParseUint(arg, 0, 64)
		return math.Float64frombits(n), err
	}
	return parseInteger(typ, arg)
}

func parseFloat(typ, arg string) (any, error) {
	bits := 64
	if typ == "float32" {
		bits = 32
	}
	v, err := strconv.ParseFloat(arg, bits)
	if bits == 32 {
		return float32(v), err
	}
	return v, err
}

func parseInteger(typ, arg string) (any, error) {
	if len(arg) > 1 && arg[0] == '\'' {
		r, _, tail, err := strconv.UnquoteChar(arg[1:], '\'')
		if err != nil || tail != "'" {
			return nil, errors.New("malformed character literal")
		}
		arg = strconv.Itoa(int(r))
	}
	signed := func(bits int) (int64, error) { return strconv.ParseInt(arg, 0, bits) }
	unsigned := func(bits int) (uint64, error) { return strconv.ParseUint(arg, 0, bits) }
	switch typ {
	case "int":
		n, err := signed(64)
		return int(n), err
	case "int8":
		n, err := signed(8)
		return int8(n), err
	case "int16":
		n, err := signed(16)
		return int16(n), err
	case "int32", "rune":
		n, err := signed(32)
		return int32(n), err
	case "int64":
		return signed(64)
	case "uint":
		n, err := unsigned(64)
		return uint(n), err
	case "uint8", "byte":
		n, err := unsigned(8)
		return uint8(n), err
	case "uint16":
		n, err := unsigned(16)
		return uint16(n), err
	case "uint32":
		n, err := unsigned(32)
		return uint32(n), err
	case "uint64":
		return unsigned(64)
	}
	return nil, fmt.Errorf("expected []byte or primitive type, found %s", typ)
}
