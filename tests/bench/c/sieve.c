#include "bench.h"
#include <stdbool.h>
int main(void) {
    i64 n = 20000000, count = 0;
    for (int k = 0; k < 5; k++) {
        bool *composite = calloc(n + 1, 1);
        count = 0;
        for (i64 i = 2; i <= n; i++) {
            if (composite[i])
                continue;
            count++;
            for (i64 j = i * i; j <= n; j += i)
                composite[j] = true;
        }
        free(composite);
    }
    say(count);
}
