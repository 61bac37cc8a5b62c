// Block partitions: the lower and the upper half are read together.
void block_add(const int in[32], int out[16]) {
#pragma HLS ARRAY_PARTITION variable=in block factor=2
    for (int i = 0; i < 16; i++) {
#pragma HLS PIPELINE II=1
        out[i] = in[i] - in[i + 16];
    }
}
