// Two arrays side by side in a structure, of which there is an array: neither leads into the other.
struct Entry {
    short low[4];
    short high[4];
    int sum;
};

void struct_arrays(const int in[12], int out[12]) {
    Entry entries[3];
    for (int i = 0; i < 12; i++) {
        entries[i / 4].low[i % 4] = in[i];
        entries[i / 4].high[i % 4] = in[i] >> 16;
        entries[i / 4].sum = i * 5;
    }
    for (int i = 0; i < 12; i++) {
        const Entry &e = entries[i / 4];
        out[i] = e.low[i % 4] * 3 + e.high[3 - i % 4] * 7 + e.sum;
    }
}
