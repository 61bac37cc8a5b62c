unsigned short gcd(unsigned short a, unsigned short b);

int main() {
    int wrong = 0;
    const unsigned short values[] = {1, 2, 12, 18, 35, 1000, 65535, 60000};
    for (unsigned a : values)
        for (unsigned b : values) {
            unsigned best = a < b ? a : b;
            while (a % best || b % best) best--;
            wrong += gcd(a, b) != best;
        }
    return wrong + (gcd(9, 0) != 9);
}
