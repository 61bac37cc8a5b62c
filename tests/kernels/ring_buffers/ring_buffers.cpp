// Indices that go round: a ring of eight words, and a counter that passes 255 while the loop runs.
void ring_buffers(const int in[40], int out[40], int sums[16], int wide[256]) {
    int ring[8];
    for (int i = 0; i < 8; i++) ring[i] = in[i] + i;
    for (int i = 0; i < 40; i++) {
        const int k = i & 7;
        const int value = ring[k] * 3 + ring[(k + 5) & 7];
        ring[(k + 3) & 7] = value ^ in[i];
        out[i] = value;
    }
    for (int i = 0; i < 16; i++) sums[i] = 0;
    for (int i = 0; i < 256; i++) wide[i] = i;
    for (unsigned char n = 250; n != 20; n++) {
        sums[n & 15] += in[n & 31];
        wide[(unsigned char)(n + 3)] = wide[n] * 5 + 1;
    }
    for (int i = 0; i < 40; i++) out[i] *= ring[i & 7];
    for (int i = 1; i < 16; i++) sums[i - 1] = sums[i] * sums[i];
}
