// Beats with every side channel, of a width that is not whole bytes, and beats of floats.
#include "ap_axi_sdata.h"
#include "hls_stream.h"

typedef ap_axis<12, 4, 3, 2> Sample;
typedef hls::axis<float, 0, 0, 0> Mean;

void axis_sides(hls::stream<Sample> &samples, hls::stream<Sample> &halved,
                hls::stream<Mean> &means, int packets) {
#pragma HLS INTERFACE axis port=samples
#pragma HLS INTERFACE axis port=halved
#pragma HLS INTERFACE axis port=means
#pragma HLS INTERFACE s_axilite port=packets
#pragma HLS INTERFACE s_axilite port=return
    for (int p = 0; p < packets; p++) {
        int sum = 0, count = 0;
        bool end = false;
        while (!end) {
#pragma HLS PIPELINE II=1
            Sample sample = samples.read();
            sum += sample.data;
            count++;
            end = sample.last;
            sample.data = sample.data >> 1;
            sample.user = sample.user + 1;
            sample.dest = sample.id;
            halved.write(sample);
        }
        Mean mean;
        mean.data = float(sum) / count;
        mean.keep = -1;
        mean.strb = -1;
        mean.last = p == packets - 1;
        means.write(mean);
    }
}
