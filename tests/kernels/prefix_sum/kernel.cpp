// Prefix sums of the first n elements: a variable bound and a sum carried from turn to turn.
void prefix_sum(const int in[48], int out[48], int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
#pragma HLS PIPELINE II=1
#pragma HLS LOOP_TRIPCOUNT min=0 max=48
        sum += in[i];
        out[i] = sum;
    }
}
