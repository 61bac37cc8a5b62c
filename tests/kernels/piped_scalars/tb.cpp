int piped_scalars(short a, short b, short c, unsigned char *parity);

int main() {
    int wrong = 0;
    for (int i = 0; i < 50; i++) {
        short a = i * 771 - 9000, b = i * i - 300, c = 5 - i;
        unsigned char parity = 9;
        int sum = a * b + c;
        int result = piped_scalars(a, b, c, &parity);
        wrong += result != (sum < 0 ? sum / 3 + a : sum % 7 - a) || parity != ((sum ^ (sum >> 1)) & 1);
    }
    return wrong != 0;
}
