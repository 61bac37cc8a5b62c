// The sum and the number of the positive elements: `continue`, and two scalar results.
void skip_negative(const short x[40], int &sum, unsigned char &count) {
    int total = 0;
    unsigned char seen = 0;
    for (int i = 0; i < 40; i++) {
#pragma HLS PIPELINE II=1
        if (x[i] <= 0) continue;
        total += x[i];
        seen++;
    }
    sum = total;
    count = seen;
}
