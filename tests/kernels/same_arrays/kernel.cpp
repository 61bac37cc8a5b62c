// Arrays of one name in two functions: the pragma is about one of them.
static int late(int x, int n) {
    static int line[64];
    int before = line[n & 63];
    line[n & 63] = x;
    return before;
}

static int soon(int x) {
    static int line[6];
#pragma HLS ARRAY_PARTITION variable=line complete
    int sum = x;
    for (int i = 5; i > 0; i--) {
#pragma HLS UNROLL
        line[i] = line[i - 1];
        sum += line[i] * i;
    }
    line[0] = x;
    return sum;
}

void same_arrays(const int x[80], int y[80]) {
    for (int n = 0; n < 80; n++) {
#pragma HLS PIPELINE II=1
        y[n] = soon(late(x[n], n));
    }
}
