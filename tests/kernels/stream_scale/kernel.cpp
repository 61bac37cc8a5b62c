// One stream in, one out, and a scalar that stays for a call.
#include "ap_int.h"
#include "hls_stream.h"

void stream_scale(hls::stream<ap_int<12> > &in, ap_uint<4> shift, hls::stream<ap_int<16> > &out) {
#pragma HLS INTERFACE axis port=in
#pragma HLS INTERFACE axis port=out
    for (int i = 0; i < 24; i++) {
#pragma HLS PIPELINE II=1
        const ap_int<12> v = in.read();
        out.write((v * 11) >> shift);
    }
}
