// A nest that becomes one pipeline: what the inner loop keeps in arrays is read a round later.
#include "ap_int.h"
#include "hls_stream.h"
void token_rounds(hls::stream<ap_uint<16> > &x, const short w[8][6], hls::stream<int> &y) {
    ap_uint<16> token[6];
    int carry[7] = {};
    for (int t = 0; t < 3; t++) {
        int sum = 0;
        for (int o = 0; o < 8; o++) {
            for (int i = 0; i < 6; i++) {
#pragma HLS PIPELINE II=1
                ap_uint<16> v;
                if (o == 0) {
                    v = x.read();
                    token[i] = v;
                } else {
                    v = token[i];
                }
                sum = (i == 0 ? 0 : sum) + v * w[o][i] + carry[i + 1];
                carry[i] = v ^ o;
                if (i == 5) y.write(sum);
            }
        }
    }
}
