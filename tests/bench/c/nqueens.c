#include "bench.h"
static i64 place(u64 n, u64 cols, u64 left, u64 right) {
    u64 all = ((u64)1 << n) - 1;
    if (cols == all)
        return 1;
    i64 count = 0;
    for (u64 free = all & ~(cols | left | right); free != 0; free &= free - 1) {
        u64 bit = free & -free;
        count += place(n, cols | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return count;
}
int main(void) { say(place(14, 0, 0, 0)); }
