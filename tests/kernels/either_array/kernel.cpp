// Reads and writes of one of several arrays, in an if and an else and by a reference.
#include <cstdint>

int32_t either_array(uint32_t n, int32_t first[8], int32_t second[8], int32_t table[8][4]) {
    int32_t v, w, kept[8];
    for (int i = 0; i < 8; i++) kept[i] = i * n;
    if (n & 64) {
        v = first[n & 7];
        table[1][2] = 7;
    } else {
        v = second[(n >> 1) & 7];
    }
    if (n & 4) w = kept[n & 7];
    else w = second[(n >> 1) & 7];
    (n & 16 ? first[n & 7] : second[n & 3]) = 77;
    (n & 32 ? n & 8 ? table[n & 7][3] : kept[5] : second[n & 3]) += w;
    return v + w * kept[5];
}
