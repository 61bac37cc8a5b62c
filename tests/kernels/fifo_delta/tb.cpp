#include "ap_int.h"
#include "hls_stream.h"
#include <cstdlib>
void fifo_delta(hls::stream<ap_uint<11> > &in, hls::stream<ap_int<12> > &out);

int main() {
    hls::stream<ap_uint<11> > in;
    hls::stream<ap_int<12> > out;
    int wrong = 0;
    for (int call = 0; call < 4; call++) {
        int sent[20], last = 0;
        for (int &v : sent) in.write(v = std::rand() % 2048);
        fifo_delta(in, out);
        for (int v : sent) wrong += out.read() != ap_int<12>(v - last), last = v;
    }
    return wrong + !in.empty() + !out.empty();
}
