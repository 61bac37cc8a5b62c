// Words of 100 bits: some are written, by their number; a second array is copied to a local one first.
#include "ap_int.h"
#include <cstring>

void axi_wide(const ap_uint<100> *in, const ap_uint<100> *keys, int from, int n, ap_uint<100> *out) {
#pragma HLS INTERFACE m_axi port=in offset=slave bundle=left depth=40
#pragma HLS INTERFACE m_axi port=keys offset=slave bundle=right depth=8
#pragma HLS INTERFACE m_axi port=out offset=slave bundle=right depth=40
    ap_uint<100> local[8];
    for (int i = 0; i < 8; i++) local[i] = keys[i];
    for (int i = from; i < n; i++) {
        const ap_uint<100> v = in[i] ^ local[i % 8];
        if (v[3]) out[i] = v;
    }
}
