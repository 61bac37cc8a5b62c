#include "ap_int.h"
#include "hls_stream.h"
#include <cstdlib>
void df_diamond(hls::stream<ap_int<18> > &in, ap_uint<8> by, hls::stream<ap_int<20> > &out);

int main() {
    hls::stream<ap_int<18> > in;
    hls::stream<ap_int<20> > out;
    int wrong = 0;
    for (int run = 0; run < 4; run++) {
        int sent[40], by = 1 + std::rand() % 200;
        for (int &v : sent) in.write(v = std::rand() % 200000 - 100000);
        df_diamond(in, by, out);
        for (int v : sent) wrong += out.read() != ap_int<20>(v / by + 2 * v);
    }
    return wrong + !in.empty() + !out.empty();
}
