#include "bench.h"
static void mul(u64 *z, const u64 *x, i64 nx, const u64 *y, i64 ny) {
    memset(z, 0, sizeof *z * (nx + ny));
    for (i64 i = 0; i < nx; i++) {
        u64 carry = 0;
        for (i64 j = 0; j < ny; j++) {
            unsigned __int128 t = (unsigned __int128)x[i] * y[j] + z[i + j] + carry;
            z[i + j] = (u64)t;
            carry = (u64)(t >> 64);
        }
        z[i + ny] = carry;
    }
}
int main(void) {
    u64 *x = malloc(400 * 8), *y = malloc(400 * 8), *z = malloc(800 * 8), sum = 0;
    for (u64 i = 0; i < 400; i++) {
        x[i] = i * 0x9e3779b97f4a7c15;
        y[i] = ~i * 0xbf58476d1ce4e5b9;
    }
    for (int n = 0; n < 1500; n++) {
        mul(z, x, 400, y, 400);
        sum += z[400];
        x[0]++;
    }
    fprintf(stderr, "%llu\n", (unsigned long long)sum);
}
