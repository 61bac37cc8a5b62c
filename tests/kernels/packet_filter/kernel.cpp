// Packets of any length: what passes goes on, so that each call has other numbers of beats.
#include "hls_stream.h"
#include <cstdint>

int packet_filter(hls::stream<int16_t> &in, hls::stream<int16_t> &out, int length, int16_t least) {
    int passed = 0;
    for (int i = 0; i < length; i++) {
#pragma HLS PIPELINE II=1
        const int16_t x = in.read();
        if (x >= least) {
            out.write(x);
            passed++;
        }
    }
    return passed;
}
