// Arrays from task to task: each is there twice, so that calls overlap. The second one is in banks.
const int N = 32;

static void scale(const int in[N], int factor, int scaled[N]) {
    for (int i = 0; i < N; i++) scaled[i] = in[i] * factor;
}

static void smooth(int scaled[N], int smoothed[N]) {
    for (int i = 0; i < N; i++) {
        const int left = scaled[i ? i - 1 : 0], right = scaled[i < N - 1 ? i + 1 : N - 1];
        smoothed[i] = (left + 2 * scaled[i] + right) >> 2;
    }
}

static void reverse(int smoothed[N], int out[N]) {
    for (int i = 0; i < N; i += 2) {
        out[i] = smoothed[N - 1 - i];
        out[i + 1] = smoothed[N - 2 - i];
    }
}

void df_ping_pong(const int in[N], int factor, int out[N]) {
#pragma HLS DATAFLOW
    int scaled[N], smoothed[N];
#pragma HLS ARRAY_PARTITION variable=smoothed cyclic factor=2
    scale(in, factor, scaled);
    smooth(scaled, smoothed);
    reverse(smoothed, out);
}
