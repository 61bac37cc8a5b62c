// The greatest common divisor by Euclid: `while` with a division in its recurrence.
unsigned short gcd(unsigned short a, unsigned short b) {
    while (b != 0) {
        const unsigned short rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}
