int piped_histogram(unsigned char value, bool clear);

int main() {
    int counts[256] = {0}, wrong = 0;
    for (int n = 0; n < 90; n++) {
        unsigned char value = n * n % 7;
        bool clear = n % 11 == 3;
        if (clear)
            counts[value] = 0;
        else
            counts[value]++;
        wrong += piped_histogram(value, clear) != counts[value] - counts[value + 1];
    }
    return wrong != 0;
}
