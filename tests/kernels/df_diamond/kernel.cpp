// Fork and join: the short way needs a FIFO that holds what the long way still works on.
#include "ap_int.h"
#include "hls_stream.h"

const int N = 40;

static void fork(hls::stream<ap_int<18> > &in, hls::stream<ap_int<18> > &low,
                 hls::stream<ap_int<18> > &high) {
    for (int i = 0; i < N; i++) {
        const ap_int<18> v = in.read();
        low.write(v);
        high.write(v);
    }
}

static void divide(hls::stream<ap_int<18> > &low, ap_uint<8> by, hls::stream<ap_int<18> > &parts) {
    for (int i = 0; i < N; i++) {
        const ap_int<18> v = low.read();
        parts.write(v / by);
    }
}

static void join(hls::stream<ap_int<18> > &parts, hls::stream<ap_int<18> > &high,
                 hls::stream<ap_int<20> > &out) {
    for (int i = 0; i < N; i++) out.write(parts.read() + 2 * high.read());
}

void df_diamond(hls::stream<ap_int<18> > &in, ap_uint<8> by, hls::stream<ap_int<20> > &out) {
#pragma HLS INTERFACE axis port=in
#pragma HLS INTERFACE axis port=out
#pragma HLS DATAFLOW
    hls::stream<ap_int<18> > low, high, parts;
#pragma HLS STREAM variable=high depth=64
    fork(in, low, high);
    divide(low, by, parts);
    join(parts, high, out);
}
