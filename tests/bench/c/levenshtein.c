#include "bench.h"
static i64 min(i64 a, i64 b) { return a < b ? a : b; }
static i64 distance(const u8 *a, i64 na, const u8 *b, i64 nb, i64 *prev, i64 *cur) {
    for (i64 j = 0; j <= nb; j++)
        prev[j] = j;
    for (i64 i = 1; i <= na; i++) {
        cur[0] = i;
        for (i64 j = 1; j <= nb; j++)
            cur[j] = min(min(prev[j] + 1, cur[j - 1] + 1), prev[j - 1] + (a[i - 1] != b[j - 1]));
        i64 *t = prev;
        prev = cur;
        cur = t;
    }
    return prev[nb];
}
int main(void) {
    i64 n = 3000, sum = 0;
    u8 *a = malloc(n), *b = malloc(n);
    u32 seed = 1;
    for (i64 i = 0; i < n; i++) {
        seed = seed * 1664525 + 1013904223;
        a[i] = 'a' + (u8)(seed >> 28);
        seed = seed * 1664525 + 1013904223;
        b[i] = 'a' + (u8)(seed >> 28);
    }
    i64 *prev = malloc((n + 1) * 8), *cur = malloc((n + 1) * 8);
    for (int k = 0; k < 12; k++)
        sum += distance(a, n, b, n, prev, cur);
    say(sum);
}
