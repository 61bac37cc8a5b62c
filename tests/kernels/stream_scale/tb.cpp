#include "ap_int.h"
#include "hls_stream.h"
#include <cstdlib>
void stream_scale(hls::stream<ap_int<12> > &in, ap_uint<4> shift, hls::stream<ap_int<16> > &out);

int main() {
    hls::stream<ap_int<12> > in;
    hls::stream<ap_int<16> > out;
    int wrong = 0;
    for (int shift = 0; shift < 3; shift++) {
        int sent[24];
        for (int &v : sent) in.write(v = std::rand() % 4096 - 2048);
        stream_scale(in, shift, out);
        for (int v : sent) wrong += out.read() != ap_int<16>((v * 11) >> shift);
    }
    return wrong + !in.empty() + !out.empty();
}
