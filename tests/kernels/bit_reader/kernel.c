/* Exp-Golomb numbers out of bytes: the reader's state, a pointer among it, is global. */
static const unsigned char *next;
static unsigned window;
static int held;

static int bit(void) {
    if (held == 0) {
        window = *next++;
        held = 8;
    }
    held--;
    return (window >> held) & 1;
}

static int number(void) {
    int zeros = 0, value = 1;
    while (!bit() && zeros < 8) zeros++;
    for (int i = 0; i < zeros; i++) value = 2 * value + bit();
    value--;
    return value & 1 ? (value + 1) / 2 : -(value / 2);
}

void bit_reader(const unsigned char bytes[48], short numbers[12]) {
    next = bytes;
    held = 0;
    for (int i = 0; i < 12; i++) numbers[i] = number();
}
