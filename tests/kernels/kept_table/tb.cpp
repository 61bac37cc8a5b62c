unsigned kept_table(const int data[16], int result[16], int rounds);

int main() {
    int data[16], result[16];
    unsigned seed = 99;
    for (int call = 0; call < 10; call++) {
        for (int i = 0; i < 16; i++) {
            seed = seed * 1664525u + 1013904223u;
            data[i] = (int)seed >> 3;
        }
        kept_table(data, result, call * 5);
    }
    return 0;
}
