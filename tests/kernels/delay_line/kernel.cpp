// Tables whose initialisers are shorter than they are: LLVM keeps the zeros behind apart.
static const unsigned short GAIN[64] = {7, 0, 3, 65535, 12, 9};

struct Entry {
    int base;
    short steps[40];
};
static const Entry ENTRIES[20] = {{5, {1, 2, 3}}, {-7, {9}}, {11}};

short delay_line(short value, unsigned char at, short &other) {
    static short line[256] = {3, 1, 4, 1, 5, 9, 2, 6};
    static int taps[4][40] = {{1, 2, 3}, {-4}, {5, 6, 7, 8, 9, 10, 11}};
    short before = line[at];
    line[at] = value;
    other = taps[at & 3][at % 40] + GAIN[at & 63];
    other += ENTRIES[at % 20].base * 100 + ENTRIES[at % 20].steps[(at >> 4) % 40];
    taps[at & 3][at % 40] += value;
    return before;
}
