void piped_arrays(const short x[16], short y[16], short gain);

int main() {
    int wrong = 0;
    short x[16], y[16];
    for (int n = 0; n < 20; n++) {
        for (int i = 0; i < 16; i++) x[i] = n * 311 - i * 777;
        piped_arrays(x, y, n - 7);
        for (int i = 0; i < 16; i++) wrong += y[i] != (short)(x[i] * (n - 7) >> 4);
    }
    return wrong != 0;
}
