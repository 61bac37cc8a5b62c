// A helper that is called at three places: other arrays of one shape, other scalars, and a row of
// a matrix. It is one module, and the arrays' ports lead to it in turn.
static int blend(const short from[64], short to[64], int gain, int shift) {
#pragma HLS INLINE off
    int total = 0;
    for (int i = 0; i < 64; i++) {
        int value = (from[i] * gain + to[i] * (256 - gain)) >> shift;
        if (value > 32767) value = 32767;
        if (value < -32768) value = -32768;
        to[i] = (short)value;
        total += value;
    }
    return total;
}

int kept_blend(const short in[64], short out[64], int gain, int row) {
    static short history[4][64];
    short mixed[64];
    for (int i = 0; i < 64; i++) mixed[i] = (short)(i * 3 - 90);
    int total = blend(in, mixed, gain, 8);
    if (total & 1) total += blend(mixed, history[row & 3], 256 - gain, 8);
    for (int i = 0; i < 64; i++) out[i] = (short)(history[row & 3][i] ^ mixed[i]);
    total -= blend(mixed, out, 100, 7);
    return total;
}
