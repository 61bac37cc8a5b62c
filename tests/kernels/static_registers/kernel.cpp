// Registers that are kept from call to call, read and written in every iteration of a pipeline.
#include "ap_int.h"
#include "hls_stream.h"
void static_registers(hls::stream<int> &x, hls::stream<int> &y, int n, bool clear) {
    static ap_int<40> sum;
    static unsigned char calls = 3;
    static int taps[4];
#pragma HLS ARRAY_PARTITION variable=taps complete
    if (clear) sum = 0;
    for (int i = 0; i < n; i++) {
#pragma HLS PIPELINE II=1
        int v = x.read();
        if (v & 1) sum += v;
        if (v & 2) calls++;
        for (int j = 3; j > 0; j--) taps[j] = taps[j - 1];
        taps[0] = v;
        y.write(int(sum) + calls + taps[v & 3] * 3);
    }
}
