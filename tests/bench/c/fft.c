#include "bench.h"
#include <math.h>
typedef struct { double re, im; } cpx;
static cpx times(cpx a, cpx b) { return (cpx){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
static void fft(cpx *a, i64 n, int invert) {
    for (i64 i = 1, j = 0; i < n; i++) {
        i64 bit = n >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            cpx t = a[i];
            a[i] = a[j];
            a[j] = t;
        }
    }
    for (i64 size = 2; size <= n; size *= 2) {
        double angle = 2 * M_PI / size * (invert ? -1 : 1);
        cpx root = {cos(angle), sin(angle)};
        for (i64 i = 0; i < n; i += size) {
            cpx w = {1, 0};
            for (i64 j = 0; j < size / 2; j++) {
                cpx u = a[i + j], v = times(a[i + j + size / 2], w);
                a[i + j] = (cpx){u.re + v.re, u.im + v.im};
                a[i + j + size / 2] = (cpx){u.re - v.re, u.im - v.im};
                w = times(w, root);
            }
        }
    }
}
int main(void) {
    i64 n = 1 << 16;
    cpx *a = malloc(n * sizeof *a);
    for (i64 i = 0; i < n; i++)
        a[i] = (cpx){i % 17, i % 5};
    for (int k = 0; k < 20; k++) {
        fft(a, n, 0);
        fft(a, n, 1);
        for (i64 i = 0; i < n; i++) {
            a[i].re /= n;
            a[i].im /= n;
        }
    }
    say2(a[16].re * 1000 + 0.5, a[4].im * 1000 + 0.5);
}
