#include "ap_int.h"
#include "hls_stream.h"
void token_rounds(hls::stream<ap_uint<16> > &x, const short w[8][6], hls::stream<int> &y);
int main() {
    static short w[8][6];
    hls::stream<ap_uint<16> > x;
    hls::stream<int> y;
    unsigned state = 9;
    for (int call = 0; call < 3; call++) {
        for (int i = 0; i < 48; i++) w[i / 6][i % 6] = (state = state * 1664525u + 1013904223u) >> 16;
        for (int i = 0; i < 18; i++) x.write((state = state * 1664525u + 1013904223u) >> 12);
        token_rounds(x, w, y);
        while (!y.empty()) y.read();
    }
}
