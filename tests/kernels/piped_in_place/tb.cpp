void piped_in_place(int x[4], int gain, int *count);

int main() {
    int wrong = 0, count, x[4], expected[4];
    for (int n = 0; n < 20; n++) {
        for (int i = 0; i < 4; i++) {
            x[i] = n * 31 - i * 7;
            expected[i] = x[i] * (n - 5) + n;
        }
        piped_in_place(x, n - 5, &count);
        for (int i = 0; i < 4; i++) wrong += x[i] != expected[i];
        wrong += count != n + 1;
    }
    return wrong != 0;
}
