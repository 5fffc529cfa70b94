#include "bench.h"
int main(void) {
    i64 best = 0, at = 0;
    for (i64 i = 1; i < 1500000; i++) {
        i64 n = i, steps = 0;
        for (; n != 1; steps++)
            n = n % 2 == 0 ? n / 2 : 3 * n + 1;
        if (steps > best) {
            best = steps;
            at = i;
        }
    }
    say2(best, at);
}
