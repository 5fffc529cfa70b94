#include "bench.h"
static void fannkuch(i64 n, i64 *checksum, i64 *most) {
    i64 *perm1 = malloc(n * 8), *perm = malloc(n * 8), *count = malloc(n * 8), r = n;
    for (i64 i = 0; i < n; i++)
        perm1[i] = i;
    for (i64 number = 0;; number++) {
        for (; r != 1; r--)
            count[r - 1] = r;
        memcpy(perm, perm1, n * 8);
        i64 flips = 0;
        for (i64 k = perm[0]; k != 0; k = perm[0]) {
            for (i64 i = 0, j = k; i < j; i++, j--) {
                i64 t = perm[i];
                perm[i] = perm[j];
                perm[j] = t;
            }
            flips++;
        }
        if (flips > *most)
            *most = flips;
        *checksum += number % 2 == 0 ? flips : -flips;
        for (;; r++) {
            if (r == n)
                return;
            i64 first = perm1[0];
            memmove(perm1, perm1 + 1, r * 8);
            perm1[r] = first;
            if (--count[r] > 0)
                break;
        }
    }
}
int main(void) {
    i64 checksum = 0, most = 0;
    fannkuch(10, &checksum, &most);
    say2(checksum, most);
}
