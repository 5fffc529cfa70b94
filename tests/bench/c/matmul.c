#include "bench.h"
static double **matrix(i64 n, double seed) {
    double **m = malloc(n * sizeof *m);
    for (i64 i = 0; i < n; i++) {
        m[i] = malloc(n * 8);
        for (i64 j = 0; j < n; j++)
            m[i][j] = seed * (i - j) * (i + j) / n / n;
    }
    return m;
}
static double **mul(double **a, double **b, i64 n) {
    double **c = matrix(n, 0);
    for (i64 i = 0; i < n; i++) {
        double *out = c[i];
        for (i64 k = 0; k < n; k++) {
            double x = a[i][k], *row = b[k];
            for (i64 j = 0; j < n; j++)
                out[j] += x * row[j];
        }
    }
    return c;
}
int main(void) {
    i64 n = 700;
    double **a = matrix(n, 1), **b = matrix(n, 2), **c = NULL;
    for (int k = 0; k < 4; k++)
        c = mul(a, b, n);
    say(c[n / 2][n / 2] * 1000);
}
