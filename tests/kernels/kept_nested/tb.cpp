int kept_nested(int matrix[64], int scratch[8]);

int main() {
    int matrix[64], scratch[8];
    unsigned seed = 5;
    for (int call = 0; call < 4; call++) {
        for (int i = 0; i < 64; i++) {
            seed = seed * 1664525u + 1013904223u;
            matrix[i] = (int)seed >> 16;
        }
        kept_nested(matrix, scratch);
    }
    return 0;
}
