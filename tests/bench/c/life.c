#include "bench.h"
#include <stdbool.h>
static void step(bool **from, bool **to, i64 h, i64 w) {
    for (i64 y = 0; y < h; y++)
        for (i64 x = 0; x < w; x++) {
            int n = 0;
            for (i64 dy = -1; dy <= 1; dy++)
                for (i64 dx = -1; dx <= 1; dx++)
                    if ((dx != 0 || dy != 0) && from[(y + dy + h) % h][(x + dx + w) % w])
                        n++;
            to[y][x] = n == 3 || (n == 2 && from[y][x]);
        }
}
static bool **grid(i64 n) {
    bool **g = malloc(n * sizeof *g);
    for (i64 i = 0; i < n; i++)
        g[i] = calloc(n, 1);
    return g;
}
int main(int argc, char **argv) {
    (void)argv;
    /* As in Go, the size isn't known when this is compiled. */
    i64 size = 255 + argc, alive = 0;
    bool **a = grid(size), **b = grid(size);
    u32 seed = 7;
    for (i64 y = 0; y < size; y++)
        for (i64 x = 0; x < size; x++) {
            seed = seed * 1103515245 + 12345;
            a[y][x] = seed >> 30 == 0;
        }
    for (int k = 0; k < 60; k++) {
        step(a, b, size, size);
        bool **t = a;
        a = b;
        b = t;
    }
    for (i64 y = 0; y < size; y++)
        for (i64 x = 0; x < size; x++)
            alive += a[y][x];
    say(alive);
}
