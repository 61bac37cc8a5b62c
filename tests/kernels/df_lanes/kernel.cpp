// An array of streams: a value goes to one of four workers, and comes back in order.
#include "hls_stream.h"

const int N = 32, LANES = 4;

static void deal(const int in[N], hls::stream<int> lanes[LANES]) {
    for (int i = 0; i < N / LANES; i++) {
        for (int lane = 0; lane < LANES; lane++) {
#pragma HLS UNROLL
            lanes[lane].write(in[i * LANES + lane]);
        }
    }
}

static void work(hls::stream<int> &from, hls::stream<int> &to) {
    for (int i = 0; i < N / LANES; i++) {
        const int v = from.read();
        to.write(v * v + i);
    }
}

static void gather(hls::stream<int> lanes[LANES], int out[N]) {
    for (int i = 0; i < N / LANES; i++) {
        for (int lane = 0; lane < LANES; lane++) {
#pragma HLS UNROLL
            out[i * LANES + lane] = lanes[lane].read();
        }
    }
}

void df_lanes(const int in[N], int out[N]) {
#pragma HLS DATAFLOW
    hls::stream<int> before[LANES], after[LANES];
#pragma HLS STREAM variable=before depth=3
    deal(in, before);
    work(before[0], after[0]);
    work(before[1], after[1]);
    work(before[2], after[2]);
    work(before[3], after[3]);
    gather(after, out);
}
