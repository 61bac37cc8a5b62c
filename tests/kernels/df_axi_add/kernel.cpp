// Two tasks load from memory at once, one adds and one stores; the length comes with the call.
#include <cstdint>

#include "hls_stream.h"

static void load(const uint32_t *from, hls::stream<uint32_t> &to, int n) {
    for (int i = 0; i < n; i++) to << from[i];
}

static void add(hls::stream<uint32_t> &a, hls::stream<uint32_t> &b, hls::stream<uint32_t> &sum,
                int n) {
    for (int i = 0; i < n; i++) sum << a.read() + b.read();
}

static void store(hls::stream<uint32_t> &from, uint32_t *to, int n) {
    for (int i = 0; i < n; i++) to[i] = from.read();
}

extern "C" void df_axi_add(const uint32_t *a, const uint32_t *b, uint32_t *out, int n) {
#pragma HLS INTERFACE m_axi port=a bundle=gmem0 depth=64
#pragma HLS INTERFACE m_axi port=b bundle=gmem1 depth=64
#pragma HLS INTERFACE m_axi port=out bundle=gmem0 depth=64
#pragma HLS INTERFACE s_axilite port=n
#pragma HLS INTERFACE s_axilite port=return
    static hls::stream<uint32_t> first("first"), second("second"), sums("sums");
#pragma HLS DATAFLOW
    load(a, first, n);
    load(b, second, n);
    add(first, second, sums, n);
    store(sums, out, n);
}
