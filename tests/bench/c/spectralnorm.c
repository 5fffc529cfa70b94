#include "bench.h"
#include <math.h>
static double a(i64 i, i64 j) { return 1 / (double)((i + j) * (i + j + 1) / 2 + i + 1); }
static void times(double *v, const double *u, i64 n) {
    for (i64 i = 0; i < n; i++) {
        double s = 0;
        for (i64 j = 0; j < n; j++)
            s += a(i, j) * u[j];
        v[i] = s;
    }
}
static void times_transposed(double *v, const double *u, i64 n) {
    for (i64 i = 0; i < n; i++) {
        double s = 0;
        for (i64 j = 0; j < n; j++)
            s += a(j, i) * u[j];
        v[i] = s;
    }
}
int main(void) {
    i64 n = 2000;
    double *u = malloc(n * 8), *v = malloc(n * 8), *t = malloc(n * 8), vbv = 0, vv = 0;
    for (i64 i = 0; i < n; i++)
        u[i] = 1;
    for (int k = 0; k < 10; k++) {
        times(t, u, n);
        times_transposed(v, t, n);
        times(t, v, n);
        times_transposed(u, t, n);
    }
    for (i64 i = 0; i < n; i++) {
        vbv += u[i] * v[i];
        vv += v[i] * v[i];
    }
    say(sqrt(vbv / vv) * 1e9);
}
