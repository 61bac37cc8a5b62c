// Products in states, one after the other, and in two loops: one multiplier serves many of them.
int polynomials(const short x[8], const short c[6], int y[8], short scale) {
    short first = x[0], last = x[7];
    int corner = first * last;
    corner = (corner >> 7) * scale;
    corner = (short)(corner >> 3) * c[0];
    for (int i = 0; i < 8; i++) {
#pragma HLS PIPELINE off
        short v = x[i];
        short p = c[5];
        p = (short)((p * v) >> 8) + c[4];
        p = (short)((p * v) >> 8) + c[3];
        p = (short)((p * v) >> 8) + c[2];
        y[i] = p * (short)(v + 3) + c[1];
    }
    int best = corner;
    for (int i = 0; i < 8; i++) {
        int power = (short)y[i] * scale + (unsigned short)corner * (x[i] & 255);
        if (power > best) best = power;
    }
    return best;
}
