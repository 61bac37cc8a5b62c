// Arrays of streams as arguments: three in, two out.
#include "ap_int.h"
#include "hls_stream.h"

void stream_array(hls::stream<short> in[3], hls::stream<ap_int<18> > out[2]) {
#pragma HLS INTERFACE axis port=in
#pragma HLS INTERFACE axis port=out
    for (int i = 0; i < 12; i++) {
        ap_int<18> sum = 0;
        for (int k = 0; k < 3; k++) {
#pragma HLS UNROLL
            sum += in[k].read();
        }
        out[0].write(sum);
        if (i & 1) out[1].write(-sum);
    }
}
