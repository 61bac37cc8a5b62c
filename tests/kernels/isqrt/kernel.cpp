// The whole square root, bit by bit: loops without pragmas and a comparison in the recurrence.
unsigned short isqrt(unsigned value) {
    unsigned rest = value, root = 0;
    for (unsigned bit = 1u << 30; bit != 0; bit >>= 2) {
        if (rest >= root + bit) {
            rest -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}
