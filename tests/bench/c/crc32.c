#include "bench.h"
int main(void) {
    u32 table[256];
    for (u32 i = 0; i < 256; i++) {
        u32 c = i;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? c >> 1 ^ 0xedb88320 : c >> 1;
        table[i] = c;
    }
    i64 n = 1 << 20;
    u8 *data = malloc(n);
    for (i64 i = 0; i < n; i++)
        data[i] = (u8)(i * 7);
    u32 crc = ~0u;
    for (int k = 0; k < 150; k++)
        for (i64 i = 0; i < n; i++)
            crc = table[(u8)crc ^ data[i]] ^ crc >> 8;
    say(~crc);
}
