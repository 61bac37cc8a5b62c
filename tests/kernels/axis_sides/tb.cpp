#include "ap_axi_sdata.h"
#include "hls_stream.h"

typedef ap_axis<12, 4, 3, 2> Sample;
typedef hls::axis<float, 0, 0, 0> Mean;
void axis_sides(hls::stream<Sample> &samples, hls::stream<Sample> &halved,
                hls::stream<Mean> &means, int packets);

int main() {
    hls::stream<Sample> samples, halved;
    hls::stream<Mean> means;
    int wrong = 0;
    for (int run = 0; run < 3; run++) {
        for (int i = 0; i < 10; i++) {
            Sample sample;
            sample.data = 100 * i - 555 + run;
            sample.keep = i % 4;
            sample.strb = 3 - i % 4;
            sample.user = i + run;
            sample.last = i == 3 || i == 9;
            sample.id = i;
            sample.dest = 0;
            samples.write(sample);
        }
        axis_sides(samples, halved, means, 2);
        for (int i = 0; i < 10; i++) {
            const Sample sample = halved.read();
            wrong += sample.data != (100 * i - 555 + run) >> 1 || sample.keep != i % 4;
            wrong += sample.strb != 3 - i % 4 || sample.user != ((i + run + 1) & 15);
            wrong += sample.last != (i == 3 || i == 9) || sample.dest != (i & 3);
        }
        const Mean first = means.read(), second = means.read();
        wrong += first.data != -405.f + run || first.last || !second.last;
        wrong += second.data != 95.f + run;
    }
    return wrong;
}
