#include "bench.h"
static void swap(i64 *a, i64 *b) {
    i64 t = *a;
    *a = *b;
    *b = t;
}
static void sort(i64 *a, i64 n) {
    while (n > 12) {
        i64 p = a[n / 2], i = 0, j = n - 1;
        while (i <= j) {
            while (a[i] < p)
                i++;
            while (a[j] > p)
                j--;
            if (i <= j)
                swap(&a[i++], &a[j--]);
        }
        if (j + 1 < n - i) {
            sort(a, j + 1);
            a += i;
            n -= i;
        } else {
            sort(a + i, n - i);
            n = j + 1;
        }
    }
    for (i64 i = 1; i < n; i++)
        for (i64 j = i; j > 0 && a[j] < a[j - 1]; j--)
            swap(&a[j], &a[j - 1]);
}
int main(void) {
    i64 n = 1000000, sum = 0;
    i64 *a = malloc(n * 8);
    u64 seed = 1;
    for (int k = 0; k < 6; k++) {
        for (i64 i = 0; i < n; i++) {
            seed = seed * 6364136223846793005 + 1442695040888963407;
            a[i] = seed >> 33;
        }
        sort(a, n);
        sum += a[n / 2];
    }
    say(sum);
}
