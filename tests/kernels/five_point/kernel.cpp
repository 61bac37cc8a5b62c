// More reads of one memory in a turn than it has ports.
void five_point(const int in[36], int out[32]) {
    for (int i = 0; i < 32; i++) {
#pragma HLS PIPELINE
        out[i] = in[i] + 4 * in[i + 1] + 6 * in[i + 2] + 4 * in[i + 3] + in[i + 4];
    }
}
