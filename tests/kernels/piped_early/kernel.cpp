// Calls that overlap, and a result that is known long before the call ends.
int piped_early(int a, int b, int *quotient) {
#pragma HLS PIPELINE II=1
    *quotient = a / (b | 1);
    return a + b;
}
