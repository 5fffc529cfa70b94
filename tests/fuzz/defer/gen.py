"""Random programs full of defers, panics, recovers and Goexits, as Go source; the same seed gives the same program.

A program is a list of functions and methods, each a tree of statements (Node), so that shrink.py can take
statements away. Nothing in a program depends on what the specification leaves open (the order of reads of variables and
calls in one expression, map order); calls and iterations use up fuel, so every program ends.
"""
import random


class Node:
    """Source lines around blocks: text[0], blocks[0], text[1], ... A block is a list of nodes."""

    def __init__(self, *parts, keep=False):
        self.parts, self.keep = parts, keep

    def blocks(self):
        return [p for p in self.parts if isinstance(p, list)]

    def render(self, out, depth):
        for p in self.parts:
            if isinstance(p, list):
                for n in p:
                    n.render(out, depth + 1)
            else:
                out.extend("\t" * depth + line for line in p.split("\n"))


class Scope:
    """What a statement may use: variables, the kind of result, the loops around it."""

    def __init__(self, kind, names, depth=0, loops=0, literal=False, deferred=False, body=False):
        self.kind, self.names, self.depth, self.loops = kind, names, depth, loops
        self.literal, self.deferred, self.body = literal, deferred, body

    def inner(self, **changes):
        s = Scope(self.kind, list(self.names), self.depth + 1, self.loops, self.literal, self.deferred, self.body)
        for k, v in changes.items():
            setattr(s, k, v)
        return s


# Result lists of functions: the statement that returns v, and how a call becomes an int.
KINDS = {
    "named": "(r int)",
    "plain": "int",
    "pair": "(r int, err error)",
    "array": "(r [6]int)",
    "none": "",
}


class Program:
    def __init__(self, seed):
        self.seed, self.rng = seed, random.Random(seed)
        self.sites = self.vars = self.labels = 0
        self.count = self.rng.randint(2, 4)
        r = self.rng
        self.kinds = [r.choice(["named", "named", "named", "plain", "pair", "array", "none"]) for _ in range(self.count)]
        self.kinds[0] = r.choice(["named", "plain"])
        self.budget = 0
        self.decls = []
        p = self.prefix = f"s{seed}"
        self.decls.append(Node(f"type {p}T struct{{ n int }}\ntype {p}E struct {{\n\tx int\n\t{p}T\n}}\ntype {p}P struct{{ *{p}T }}\n"
                               f"type {p}I interface {{\n\tVal(int) int\n\tPtr(int) int\n}}\n\n"
                               # Which method is called isn't known at compile time: gc would not use the wrapper.
                               f"//go:noinline\nfunc {p}hide(i {p}I) {p}I {{ return i }}\n", keep=True))
        for i in range(self.count):
            self.function(i)
        self.method("Val", f"v {p}T")
        self.method("Ptr", f"v *{p}T")
        self.method("Loose", f"_ *{p}T")

    # Functions

    def function(self, i):
        self.level = i
        self.budget = self.rng.randint(3, 9)
        kind = self.kinds[i]
        names = ["a", "x", "y"] + (["r"] if kind in ("named", "pair") else []) + (["r[1]", "r[5]"] if kind == "array" else [])
        scope = Scope(kind, names)
        body = self.block(scope, top=True)
        head = "//go:noinline\n" if self.rng.random() < 0.3 else ""
        head += f"func {self.prefix}f{i}(a int) {KINDS[kind]} {{\n\tx, y := a, {self.small()}\n\t_, _ = x, y\n\tif spend() {{\n\t\treturn{self.zero(kind)}\n\t}}"
        self.decls.append(Node(head, body, "\t" + self.leave(scope) + "\n}"))

    def method(self, name, receiver):
        self.level = self.count - 1
        self.budget = self.rng.randint(1, 3)
        kind = "named"
        scope = Scope(kind, ["a", "x", "r"])
        body = self.block(scope, top=True)
        head = f"func ({receiver}) {name}(a int) (r int) {{\n\tx := a\n\t_ = x\n\tif spend() {{\n\t\treturn\n\t}}"
        if receiver[0] == "v" and "*" not in receiver:
            head += "\n\tx += v.n"
        self.decls.append(Node(head, body, "\treturn x + 1\n}"))

    def zero(self, kind):
        return {"plain": " 0"}.get(kind, "")

    def leave(self, scope):
        r = self.rng
        v = r.choice(scope.names)
        if scope.kind == "plain":
            return f"return {v}"
        if scope.kind == "named":
            return r.choice(["return", f"return {v}", f"return {v} + 1"])
        if scope.kind == "pair":
            return r.choice(["return", f"return {v}, err", f"return {v}, failure{{{v}}}", f"return {v}, nil"])
        if scope.kind == "array":
            return r.choice(["return", f"return [6]int{{1, {v}}}"])
        return "return"

    # Small things

    def site(self):
        self.sites += 1
        return self.sites

    def small(self):
        return self.rng.randint(0, 5)

    def fresh(self):
        self.vars += 1
        return f"v{self.vars}"

    def value(self, scope):
        r = self.rng
        v = r.choice(scope.names)
        return r.choice([v, v, f"{v} + {self.small()}", f"{v}*3", str(self.small())])

    def cond(self, scope):
        r = self.rng
        v = r.choice(scope.names)
        return r.choice([f"{v}&1 == 0", f"{v}&2 != 0", f"{v} > {self.small()}", f"{v}%3 == {r.randint(0, 2)}", "one == 1", "zero == 1"])

    def block(self, scope, top=False):
        r = self.rng
        n = r.randint(3, 6) if top else r.randint(1, 2)
        out = []
        for _ in range(n):
            if self.budget <= 0 and out:
                break
            self.budget -= 1
            out.append(self.statement(scope))
        return out

    # Statements

    def statement(self, scope):
        r = self.rng
        choices = [(self.show, 5), (self.assign, 4), (self.defer, 14), (self.call, 6), (self.panic, 3), (self.fault, 3),
                   (self.recover, 3 if scope.deferred else 1)]
        if scope.depth < 4:
            choices += [(self.conditional, 5), (self.loop, 3), (self.range_func, 3), (self.switch, 1), (self.again, 1),
                        (self.literal, 2), (self.block_goto, 1)]
        if scope.depth < 3:
            choices += [(self.apart, 1), (self.many, 0.5)]
        choices += [(self.goexit, 0.6), (self.ret, 1.5), (self.leave_loop, 2 if scope.loops else 0), (self.escape, 0.6)]
        total = sum(w for _, w in choices)
        at = r.random() * total
        for f, w in choices:
            at -= w
            if at < 0:
                return f(scope)
        return self.show(scope)

    def show(self, scope):
        return Node(f"trace({self.site()}, {self.value(scope)})")

    def assign(self, scope):
        v = self.rng.choice(scope.names)
        return Node(f"{v} = {self.value(scope)}")

    def ret(self, scope):
        return Node(f"if {self.cond(scope)} {{", [Node(self.leave(scope))], "}")

    def leave_loop(self, scope):
        return Node(f"if {self.cond(scope)} {{\n\t{self.rng.choice(['break', 'continue'])}\n}}")

    def escape(self, scope):
        if scope.kind in ("named", "pair") and not scope.literal:
            return Node("sink = &r")
        return Node("sink = &x")

    def goexit(self, scope):
        return Node(f"if {self.cond(scope)} {{\n\truntime.Goexit()\n}}")

    def panic_value(self, scope):
        v = self.rng.choice(scope.names)
        return self.rng.choice([v, f'"p{self.site()}"', f"failure{{{v}}}", f"&pointerFailure{{{v}}}", f"level({v})", f"named({v})",
                                f'text("t\\nu")', "nil", f"big{{a: {v}}}", "1.5", "error(failure{1})", "true"])

    def panic(self, scope):
        p = f"panic({self.panic_value(scope)})"
        return Node(p) if self.rng.random() < 0.25 else Node(f"if {self.cond(scope)} {{\n\t{p}\n}}")

    def fault(self, scope):
        r = self.rng
        v = r.choice(scope.names)
        w = r.choice([n for n in scope.names])
        fault = r.choice([
            f"{w} = nilPointer.{r.choice('abcf')}", f"nilPointer.{r.choice('abcf')} = {v}", f"{w} = three[{v}]", f"three[{v}&7] = {v}",
            f"{w} = {v} / zero", f"{w} = {v} % zero", f"nilMap[{v}] = 1", f"{w} = anything.(int)", "_ = anything.(error)",
            f"_ = three[{v}:two]", f"_ = three[:{v}&7:2]", "close(nilChan)", f"sink = make([]int, -one-{v}&1)", f"{w} = nilFunc({v})",
            f"{w} = nilIface.Val({v})", f"{w} = int(nilPointer.s[0])", f"{w} = 1 << (zero - one)", f"_ = [3]int(three[:two])",
            f"{w} = *new(*int)[:one][0]" if False else f"{w} = len(*(*[]int)(nil))",
        ])
        return Node(fault) if r.random() < 0.3 else Node(f"if {self.cond(scope)} {{\n\t{fault}\n}}")

    def recover(self, scope):
        r = self.rng
        s = self.site()
        e = r.random()
        if e < 0.55:
            v = r.choice(scope.names)
            then = [Node(f"tell({s}, e)", keep=True)] + (self.block(scope.inner()) if scope.depth < 4 and r.random() < 0.4 else [])
            if r.random() < 0.25:
                then.append(Node("panic(e)"))
            elif r.random() < 0.5:
                then.append(Node(f"{v} += {s}"))
            return Node("if e := recover(); e != nil {", then, "}")
        if e < 0.8:
            return Node(f"tell({s}, recover())")
        return Node(r.choice([f"tell({s}, helpRecover())", f"helpRecoverFar({s})", "recover()", f"inlined({s})",
                              f"func() {{ tell({s}, recover()) }}()"]))

    # Calls: as a statement that leaves an int in a new variable.

    def callee(self, arg, scope):
        """An expression of a function value of type func(int) int or of one of the kinds, called with arg."""
        r = self.rng
        p = self.prefix
        if self.level + 1 < self.count and r.random() < 0.6 or r.random() < 0.4:
            low = self.level + 1 if self.level + 1 < self.count and r.random() < 0.8 else 0
            i = r.randrange(low, self.count)
            return f"{p}f{i}", f"({arg})", self.kinds[i]
        s = self.small()
        recv = r.choice([f"{p}T{{{s}}}.Val", f"(&{p}T{{{s}}}).Val", f"(&{p}T{{{s}}}).Ptr", f"{p}E{{x: {s}}}.Val", f"(&{p}E{{x: {s}}}).Ptr",
                         f"{p}P{{&{p}T{{{s}}}}}.Val", f"{p}P{{&{p}T{{{s}}}}}.Ptr", f"{p}hide(&{p}T{{{s}}}).Val", f"{p}I(&{p}E{{x: {s}}}).Ptr",
                         f"{p}hide({p}P{{&{p}T{{{s}}}}}).Val", f"(*{p}T)(nil).Loose", f"{p}hide(&{p}E{{x: {s}}}).Val"])
        if r.random() < 0.08:
            recv = r.choice([f"(*{p}T)(nil).Val", f"{p}hide((*{p}T)(nil)).Val", f"{p}P{{}}.Val", f"{p}P{{}}.Ptr", f"{p}hide(nil).Val"])
        if r.random() < 0.15:
            kind = r.choice([f"{p}T.Val", f"(*{p}T).Ptr", f"(*{p}T).Val"])
            recv_arg = f"{p}T{{{s}}}" if kind.startswith(f"{p}T.") else f"&{p}T{{{s}}}"
            return kind, f"({recv_arg}, {arg})", "named"
        return recv, f"({arg})", "named"

    def call(self, scope):
        r = self.rng
        f, args, kind = self.callee(self.value(scope), scope)
        v = self.fresh()
        s = self.site()
        to = r.choice(scope.names)
        if kind == "pair":
            get = f"{v}, e{v} := {f}{args}\ntell({s}, e{v})"
        elif kind == "array":
            get = f"{v} := {f}{args}[5]"
        elif kind == "none":
            get = f"{f}{args}\n{v} := {s}"
        elif r.random() < 0.25:
            get = f"m{v} := {f}\n{v} := m{v}{args}"
        else:
            get = f"{v} := {f}{args}"
        return Node(f"{{\n\t" + get.replace("\n", "\n\t") + f"\n\ttrace({s}, {v})\n\t{to} += {v}\n}}")

    # Deferred calls

    def deferred_body(self, scope, names):
        inner = scope.inner(literal=True, deferred=True, loops=0, body=False)
        inner.names = names
        inner.kind = "none"
        body = []
        if self.rng.random() < 0.55:
            body.append(self.recover(inner))
        return body + self.block(inner)

    def defer(self, scope):
        r = self.rng
        s = self.site()
        v = self.value(scope)
        if scope.depth < 5 and r.random() < 0.5:
            self.budget -= 1
            form = r.random()
            if form < 0.6:
                return Node("defer func() {", self.deferred_body(scope, scope.names), "}()")
            if form < 0.8:
                return Node("defer func(q int) {", self.deferred_body(scope, scope.names + ["q"]), f"}}({v})")
            if form < 0.9:
                q = r.choice(["q", "q2"])
                return Node("defer func(q int, w string, z big) (q2 int) {", self.deferred_body(scope, scope.names + [q]) + [Node("return q", keep=True)],
                            f'}}({v}, "w", big{{a: {s}}})') if q == "q" else Node(
                    "defer func(q int) (q2 int, e2 error) {", self.deferred_body(scope, scope.names + ["q2"]) + [Node("return", keep=True)], f"}}({v})")
            name = self.fresh()
            return Node(f"{name} := func(q int) {{", self.deferred_body(scope, scope.names + ["q"]), f"}}\ndefer {name}({v})")
        simple = [
            (f"defer trace({s}, {v})", 6), (f"defer tell({s}, {self.panic_value(scope)})", 2),
            ("defer recover()", 1), ("defer helpRecover()", 1), (f"defer helpRecoverFar({s})", 2), (f"defer inlined({s})", 1),
            (f"defer panic({self.panic_value(scope)})", 1.5), ("defer func() { defer recover() }()", 1),
            (f"defer func() {{ defer func() {{ tell({s}, recover()) }}() }}()", 1), (f"defer func() {{ helpRecoverFar({s}) }}()", 1),
            (f"defer bigTrace({s}, big{{a: {v}, f: 2}}, [5]int{{1, {v}}})", 2), ("defer nilFunc(1)", 0.4), ("defer nilIface.Val(1)", 0.3),
            (f"defer generic({s}, {v})", 1), (f'defer generic({s}, "g")', 1), (f"defer recoverAll({v}, \"z\", {s})", 1),
            (f"m{s} := map[int]int{{1: 2}}\ndefer func() {{ trace({s}, len(m{s})) }}()\ndefer delete(m{s}, 1)", 0.5),
            (f"c{s} := make(chan int)\ndefer func() {{ _, ok := <-c{s}; tell({s}, ok) }}()\ndefer close(c{s})", 0.5),
            ("defer close(nilChan)", 0.3), ("defer runtime.Goexit()", 0.25),
            (f"d{s} := []int{{1, 2}}\ndefer func() {{ trace({s}, d{s}[0]) }}()\ndefer copy(d{s}, three)", 0.4),
            (f"kept = append(kept, func(n int) int {{ tell({s}, recover()); return n }})\ndefer kept[len(kept)-1]({v})", 1),
        ]
        calls = 8
        total = sum(w for _, w in simple) + calls
        at = r.random() * total
        for text, w in simple:
            at -= w
            if at < 0:
                return Node(text)
        f, args, _ = self.callee(v, scope)
        if r.random() < 0.25:
            return Node(f"g{s} := {f}\ndefer g{s}{args}")
        return Node(f"defer {f}{args}")

    def many(self, scope):
        """More deferred calls than open-coding takes."""
        s = self.site()
        v = self.rng.choice(scope.names)
        n = self.rng.randint(5, 10)
        return Node("\n".join(f"defer trace({s}, {i}+{v})" for i in range(n)))

    # Control flow

    def conditional(self, scope):
        c = self.cond(scope)
        if self.rng.random() < 0.3:
            return Node(f"if {c} {{", self.block(scope.inner()), "} else {", self.block(scope.inner()), "}")
        return Node(f"if {c} {{", self.block(scope.inner()), "}")

    def loop(self, scope):
        v = self.fresh()
        inner = scope.inner(loops=scope.loops + 1)
        inner.names = inner.names + [v]
        bound = self.rng.randint(1, 4)
        # The variable may be assigned to in the body.
        head = f"for {v} := 0; {v} < {bound} && !spend(); {v}++ {{" if self.rng.random() < 0.5 else f"for {v} := range {bound} {{"
        return Node(f"{head}\n\t_ = {v}", self.block(inner), "}")

    def range_func(self, scope):
        v = self.fresh()
        s = self.site()
        n = self.rng.randint(1, 3)
        inner = scope.inner(loops=scope.loops + 1, body=True)
        inner.names = inner.names + [v]
        seq = self.rng.choice([f"counting({n})", f"counting({n})", f"tidy({s}, {n})", f"swallowing({s}, {n})", f"repanicking({s}, {n})",
                               f"deaf({n})"])
        return Node(f"for {v} := range {seq} {{\n\t_ = {v}", self.block(inner), "}")

    def switch(self, scope):
        v = self.rng.choice(scope.names)
        inner = scope.inner(loops=0)
        return Node(f"switch {v} & 3 {{\ncase 0:", self.block(inner), "case 1:", self.block(inner), "default:", self.block(inner), "}")

    def again(self, scope):
        """A backward goto; what it jumps over declares nothing."""
        self.labels += 1
        v, label = self.fresh(), f"L{self.labels}"
        inner = scope.inner(loops=0)
        inner.names = inner.names + [v]
        return Node(f"{{\n\t{v} := 0\n\t_ = {v}\n{label}:\n\t{{", [Node("{", self.block(inner), "}", keep=True)],
                    f"\t}}\n\tif {v}++; {v} < {self.rng.randint(1, 3)} && !spend() {{\n\t\tgoto {label}\n\t}}\n}}")

    def block_goto(self, scope):
        self.labels += 1
        label = f"L{self.labels}"
        return Node(f"{{\n\tif {self.cond(scope)} {{\n\t\tgoto {label}\n\t}}\n\t{{", self.block(scope.inner(loops=0)), f"\t}}\n{label}:\n}}")

    def literal(self, scope):
        inner = scope.inner(literal=True, deferred=False, loops=0, body=False)
        inner.kind = "none"
        return Node("func() {", self.block(inner), "}()")

    def apart(self, scope):
        inner = scope.inner(literal=True, deferred=False, loops=0, body=False)
        inner.kind = "none"
        return Node(f"apart({self.site()}, func() {{", self.block(inner), "})")

    def render(self):
        out = []
        for d in self.decls:
            d.render(out, 0)
        return "\n".join(out) + "\n"


def file_of(programs):
    """Source of all programs of a batch, beside the prelude."""
    entries = "".join(f"\t{p.seed}: {p.prefix}f0,\n" for p in programs)
    body = "\n".join(p.render() for p in programs)
    return ("package main\n\nimport \"runtime\"\n\nvar _ = runtime.Goexit\n\n"
            "// Filled in by init, so that programs may refer to each other's globals.\nvar programs map[int]func(int) int\n\n"
            f"func init() {{\n\tprograms = map[int]func(int) int{{\n{entries}\t}}\n}}\n\n{body}")
