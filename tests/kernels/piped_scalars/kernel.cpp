// A top with PIPELINE: a new call each cycle, while a divider of several cycles works for those before.
int piped_scalars(short a, short b, short c, unsigned char *parity) {
#pragma HLS PIPELINE II=1
    int sum = a * b + c;
    *parity = (sum ^ (sum >> 1)) & 1;
    return sum < 0 ? sum / 3 + a : sum % 7 - a;
}
