// The median of three along a line, by nested conditional expressions.
void median_ternary(const unsigned char in[34], unsigned char out[32]) {
    for (int i = 0; i < 32; i++) {
        const unsigned char a = in[i], b = in[i + 1], c = in[i + 2];
        out[i] = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
    }
}
