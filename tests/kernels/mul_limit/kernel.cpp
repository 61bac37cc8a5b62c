// Products limited in number: two multipliers for four products of the loop, and one more function
// that has a single one for its own.
static long long weighted(const short x[4]) {
#pragma HLS ALLOCATION operation instances=mul limit=1
    return x[0] * x[1] + (long long)x[2] * x[3] * 77;
}

long long mul_limit(const short a[32], const short b[32], const short c[4]) {
#pragma HLS ALLOCATION instances=mul limit=2 operation
    long long total = weighted(c);
    for (int i = 0; i < 32; i++) {
#pragma HLS PIPELINE II=1
        int sum = a[i] + b[i], difference = a[i] - b[i];
        total += a[i] * b[i] - sum * difference + a[i] * sum * (long long)3 - b[i] * difference;
    }
    return total;
}
