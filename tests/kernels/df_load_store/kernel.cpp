// Load, compute and store at once, joined by streams; a scalar goes to the middle task.
#include "hls_stream.h"

const int N = 48;

static void load(const short in[N], hls::stream<short> &values) {
    for (int i = 0; i < N; i++) {
#pragma HLS PIPELINE II=1
        values.write(in[i]);
    }
}

static void compute(hls::stream<short> &values, int gain, hls::stream<int> &scaled) {
    for (int i = 0; i < N; i++) {
#pragma HLS PIPELINE II=1
        scaled << values.read() * gain + i;
    }
}

static void store(hls::stream<int> &scaled, int out[N]) {
    for (int i = 0; i < N; i++) {
#pragma HLS PIPELINE II=1
        int value;
        scaled >> value;
        out[i] = value;
    }
}

void df_load_store(const short in[N], int gain, int out[N]) {
#pragma HLS DATAFLOW
    hls::stream<short> values("values");
    hls::stream<int> scaled("scaled");
#pragma HLS STREAM variable=scaled depth=4
    load(in, values);
    compute(values, gain, scaled);
    store(scaled, out);
}
