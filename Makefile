# gosubc: `make demo` to see it work, `make test` to check it. See README.md.

PREFIX ?= $(HOME)/.local
CARGO ?= cargo
GOSUBC = target/release/gosubc
LLVM = $(or $(LLVM_SYS_221_PREFIX),/usr/lib/llvm-22)

.PHONY: all build setup demo test unit lit soak repeat lint install conformance library-table bench fuzz clean

all: build

setup:
	@scripts/setup.sh

# The compiler, and the runtime library that programs link against.
build: setup
	$(CARGO) build --release -p gosubc
	$(CARGO) build --profile runtime -p gosubc-runtime -p gosubc-runtime-race

demo: build
	$(GOSUBC) run examples/tour.go

test: build lint unit lit soak

unit: setup
	$(CARGO) test --workspace

lit: build
	$(LLVM)/bin/lit -v --show-unsupported tests/lit

# Scheduler, collector and poller under load; SOAK_SECONDS=1800 for the long form.
SOAK_SECONDS ?= 60
soak: build
	SOAK_SECONDS=$(SOAK_SECONDS) $(GOSUBC) run tests/soak/soak.go

# A million parked goroutines, ten thousand deep ones, a hundred thousand at one mutex: REPEATS times each.
REPEATS ?= 50
repeat: build
	$(GOSUBC) build -o target/many tests/soak/many.go
	for kind in parked deep mutex; do \
		for i in $$(seq $(REPEATS)); do target/many $$kind > target/many.out || exit 1; done; \
		echo "$$kind: $(REPEATS) runs, nothing lost"; \
	done

lint: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings

install: build
	install -d $(PREFIX)/bin $(PREFIX)/lib/gosubc
	install -m 755 $(GOSUBC) $(PREFIX)/bin/gosubc
	install -m 644 target/runtime/libgosubc_runtime.a target/runtime/libgosubc_runtime_race.a $(PREFIX)/lib/gosubc/
	rm -rf $(PREFIX)/lib/gosubc/stdlib
	cp -R stdlib $(PREFIX)/lib/gosubc/stdlib
	rm -rf $(PREFIX)/lib/gosubc/prebuilt
	@echo "compiling the standard library"
	GOSUBCROOT= GOSUBCCACHE=$(PREFIX)/lib/gosubc/prebuilt $(PREFIX)/bin/gosubc build std
	@echo "installed $(PREFIX)/bin/gosubc"

# Go's own test tree, and our library against Go's. Installs what it needs.
conformance: build
	tests/conformance/run.sh
	tests/conformance/types.sh
	tests/library/run.sh

# Writes docs/library.md: which names of Go's library ours has.
library-table:
	tests/library/run.sh api -update

# Ratios against Go in one run. Installs what it needs.
bench: build
	tests/bench/run.sh

# Bent and made-up sources through lexer, parser and checker, for FUZZ_SECONDS.
FUZZ_SECONDS ?= 600
fuzz:
	FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_ITERATIONS=1000000000 FUZZ_SEED=$(or $(FUZZ_SEED),$(shell date +%s)) \
	  $(CARGO) test --profile fuzz -p gosubc-vet --test fuzz -- --nocapture

clean:
	$(CARGO) clean

# Random programs full of defers and panics against Go in every mode: N of them (default 1000) from seed START.
fuzz-defer: build
	tests/fuzz/defer/run.py --go "$(or $(GO),go)" --count $(or $(N),1000) --start $(or $(START),1)
