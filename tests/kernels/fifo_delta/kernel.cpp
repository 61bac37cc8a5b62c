// Differences of neighbours, from the ports of one FIFO to those of another.
#include "ap_int.h"
#include "hls_stream.h"

void fifo_delta(hls::stream<ap_uint<11> > &in, hls::stream<ap_int<12> > &out) {
#pragma HLS INTERFACE ap_fifo port=in
#pragma HLS INTERFACE mode=ap_fifo port=out
    ap_uint<11> last = 0;
    for (int i = 0; i < 20; i++) {
#pragma HLS PIPELINE II=1
        const ap_uint<11> v = in.read();
        out.write(ap_int<12>(v) - ap_int<12>(last));
        last = v;
    }
}
