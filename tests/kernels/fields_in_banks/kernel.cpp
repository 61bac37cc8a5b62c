#include <stdint.h>

struct record {
    int16_t left[3];
    int32_t between[2];
    int16_t right[5];
};

// Of an index that can be anything only its structure tells which field it stays in, bank by bank.
int32_t fields_in_banks(record cut[4], record joined[3], record apart[2], uint32_t i, uint32_t j) {
#pragma HLS ARRAY_PARTITION variable=cut cyclic factor=2 dim=1
#pragma HLS ARRAY_RESHAPE variable=joined complete dim=1
#pragma HLS ARRAY_PARTITION variable=apart complete dim=0
    record own[4] = {};
#pragma HLS ARRAY_PARTITION variable=own complete dim=1
    cut[i].left[j] = joined[i].right[j] + 1;
    joined[i].left[j] = cut[i].right[j] - 2;
    joined[i].right[i] = own[j].left[i];
    apart[i & 1].right[j] = joined[i].left[i];
    own[i].right[j] = cut[j].left[i] ^ apart[i & 1].left[j];
    cut[i].between[j & 1] += own[1].right[2];
    return own[2].left[1] + own[2].right[j];
}
