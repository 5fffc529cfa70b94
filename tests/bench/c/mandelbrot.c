#include "bench.h"
#pragma STDC FP_CONTRACT OFF
int main(void) {
    enum { N = 1600 };
    i64 sum = 0;
    for (i64 y = 0; y < N; y++)
        for (i64 x = 0; x < N; x++) {
            double cr = 2 * (double)x / N - 1.5, ci = 2 * (double)y / N - 1, zr = 0, zi = 0;
            i64 k = 0;
            for (; k < 50 && zr * zr + zi * zi <= 4; k++) {
                double t = zr * zr - zi * zi + cr;
                zi = 2 * zr * zi + ci;
                zr = t;
            }
            sum += k;
        }
    say(sum);
}
