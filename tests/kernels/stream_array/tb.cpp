#include "ap_int.h"
#include "hls_stream.h"
#include <cstdlib>
void stream_array(hls::stream<short> in[3], hls::stream<ap_int<18> > out[2]);

int main() {
    hls::stream<short> in[3];
    hls::stream<ap_int<18> > out[2];
    int wrong = 0;
    for (int run = 0; run < 4; run++) {
        int sums[12] = {};
        for (int &sum : sums)
            for (auto &stream : in) {
                const short v = std::rand();
                sum += v;
                stream.write(v);
            }
        stream_array(in, out);
        for (int i = 0; i < 12; i++) {
            wrong += out[0].read() != sums[i];
            if (i & 1) wrong += out[1].read() != -sums[i];
        }
    }
    return wrong + !out[0].empty() + !out[1].empty() + !in[0].empty();
}
