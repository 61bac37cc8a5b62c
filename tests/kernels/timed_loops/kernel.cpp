// Iterations that last as long as LATENCY asks: of a pipeline, of a nest that becomes one, of a loop
// with a loop and a way around it, and of one that may be left early.
#include <hls_stream.h>

int timed_loops(const short a[4][8], hls::stream<short> &in, int rounds) {
    int total = 0;
rows:
    for (int i = 0; i < 4; i++)
    columns:
        for (int j = 0; j < 8; j++) {
#pragma HLS PIPELINE II=1
#pragma HLS LATENCY min=6
            total += a[i][j] * (i + j);
        }
words:
    for (int k = 0; k < 8; k++) {
#pragma HLS PIPELINE II=2
#pragma HLS LATENCY min=11
        total ^= in.read() << (k & 3);
    }
outer:
    for (int k = 0; k < 3; k++) {
#pragma HLS LATENCY min=30
        int sum = 0;
        for (int j = 0; j < (rounds & 7); j++)
            sum += a[k][j] ^ (total >> j);
        if (sum & 1)
            total -= sum;
    }
early:
    for (int k = 0; k < 8; k++) {
#pragma HLS PIPELINE off
#pragma HLS LATENCY min=5 max=5
        total = total * 3 + a[3][k];
        if ((total & 15) == 7)
            break;
    }
    return total;
}
