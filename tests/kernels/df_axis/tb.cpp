#include "ap_axi_sdata.h"
#include "hls_stream.h"
#include <cstdlib>
typedef ap_axiu<32, 0, 0, 0> Beat;
void df_axis(hls::stream<Beat> &in, hls::stream<Beat> &out);

int main() {
    hls::stream<Beat> in, out;
    int wrong = 0;
    for (int run = 0; run < 4; run++) {
        unsigned sums[9], sum = 0;
        for (int i = 0; i < 9; i++) {
            Beat beat;
            beat.data = std::rand();
            beat.keep = 15;
            beat.strb = 15;
            beat.last = i == 8;
            sum = (sum << 1 | sum >> 31) ^ unsigned(beat.data);
            sums[i] = sum;
            in.write(beat);
        }
        df_axis(in, out);
        for (int i = 0; i < 9; i++) {
            const Beat beat = out.read();
            wrong += beat.data != sums[i] || beat.last != (i == 8) || beat.keep != 15;
        }
    }
    return wrong + !in.empty() + !out.empty();
}
