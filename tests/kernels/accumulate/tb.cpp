void accumulate(int value, int &total, int &peak);

int main() {
    int total = 0, peak = 0, want = 0, high = 0, wrong = 0;
    for (int i = 0; i < 12; i++) {
        const int value = (i * 37) % 23 - 10;
        accumulate(value, total, peak);
        want += value;
        high = want > high ? want : high;
        wrong += total != want || peak != high;
    }
    return wrong;
}
