// Radix sort by four bits at a time: counting, prefix sums, scattering.
#define SIZE 32

void radix_sort(unsigned short data[SIZE]) {
    unsigned short spare[SIZE];
    for (int shift = 0; shift < 16; shift += 4) {
        unsigned char place[16];
        for (int d = 0; d < 16; d++) place[d] = 0;
        for (int i = 0; i < SIZE; i++) place[data[i] >> shift & 15]++;
        unsigned char sum = 0;
        for (int d = 0; d < 16; d++) {
            const unsigned char count = place[d];
            place[d] = sum;
            sum += count;
        }
        for (int i = 0; i < SIZE; i++) spare[place[data[i] >> shift & 15]++] = data[i];
        for (int i = 0; i < SIZE; i++) data[i] = spare[i];
    }
}
