int kept_blend(const short in[64], short out[64], int gain, int row);

int main() {
    short in[64], out[64];
    unsigned seed = 7;
    for (int call = 0; call < 12; call++) {
        for (int i = 0; i < 64; i++) {
            seed = seed * 1103515245u + 12345u;
            in[i] = (short)(seed >> 12);
        }
        kept_blend(in, out, (int)(seed >> 8) % 257, call);
    }
    return 0;
}
