// One counter that nobody knows the end of is the number of a structure and of an element in it.
#include <stdint.h>

struct Row {
    int64_t before[16];
    int64_t middle[5];
    uint64_t behind[5];
    int16_t last[16];
};

int16_t rows_by_one(int32_t count, int32_t rounds, Row rows[5]) {
#pragma HLS ARRAY_RESHAPE variable=rows block factor=2 dim=1
    for (int i = 2; i < 2 + (count & 3); i++) {
        int left = rounds & 3;
        while (left-- > 0) {
            rows[i - 1].middle[(uint32_t)(i * 2) % 5] += rows[i - 1].middle[i - 1] << 1;
            rows[i - 1].last[i + 2] ^= rows[i - 2].last[i - 2];
        }
    }
    return (int16_t)rows[0].behind[4];
}
