#include "bench.h"
static u32 k[64];
static u32 right(u32 x, int n) { return x >> n | x << (32 - n); }
/* The fractional parts of the cube roots of the first 64 primes. */
static void constants(void) {
    int n = 0;
    for (u64 p = 2; n < 64; p++) {
        int prime = 1;
        for (u64 d = 2; d * d <= p; d++)
            prime = prime && p % d != 0;
        if (!prime)
            continue;
        u64 lo = 0, hi = (u64)1 << 36;
        while (hi - lo > 1) {
            u64 m = (lo + hi) / 2;
            unsigned __int128 square = (unsigned __int128)m * m, low = (unsigned __int128)(u64)square * m;
            u64 h = (u64)(square >> 64) * m + (u64)(low >> 64);
            if (h < p << 32 || (h == p << 32 && (u64)low == 0))
                lo = m;
            else
                hi = m;
        }
        k[n++] = (u32)lo;
    }
}
static void block(u32 *h, const u8 *p, i64 n) {
    u32 w[64];
    for (; n >= 64; p += 64, n -= 64) {
        for (int i = 0; i < 16; i++)
            w[i] = (u32)p[4 * i] << 24 | (u32)p[4 * i + 1] << 16 | (u32)p[4 * i + 2] << 8 | p[4 * i + 3];
        for (int i = 16; i < 64; i++) {
            u32 x = w[i - 2], y = w[i - 15];
            w[i] = (right(x, 17) ^ right(x, 19) ^ x >> 10) + w[i - 7] + (right(y, 7) ^ right(y, 18) ^ y >> 3) + w[i - 16];
        }
        u32 a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], z = h[7];
        for (int i = 0; i < 64; i++) {
            u32 t1 = z + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i];
            u32 t2 = (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            z = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
        }
        h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e, h[5] += f, h[6] += g, h[7] += z;
    }
}
int main(void) {
    u32 h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    i64 n = 1 << 20;
    u8 *buf = malloc(n);
    constants();
    for (i64 i = 0; i < n; i++)
        buf[i] = (u8)(i * 7);
    for (int i = 0; i < 200; i++)
        block(h, buf, n);
    say2(h[0], h[7]);
}
