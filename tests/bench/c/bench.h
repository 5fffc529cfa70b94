/* What the C versions of the benchmark programs share: the same algorithms as in ../programs, written as C programmers do, for comparison with an optimising C compiler. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef int64_t i64;
typedef uint64_t u64;
typedef uint32_t u32;
typedef uint8_t u8;
/* One line on standard error, as Go's println. */
static inline void say(i64 x) { fprintf(stderr, "%lld\n", (long long)x); }
static inline void say2(i64 x, i64 y) { fprintf(stderr, "%lld %lld\n", (long long)x, (long long)y); }
