#include "bench.h"
i64 calls;
static i64 fib(i64 n) {
    calls++;
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
int main(void) {
    say(fib(40));
    say(calls);
}
