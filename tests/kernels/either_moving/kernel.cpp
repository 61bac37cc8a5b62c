// Pointers into one of several arrays, which loops move: forwards and backwards, by one and by more,
// behind a bus too.
struct Halves {
    short low[16], high[16];
};

int either_moving(int a[24], int b[24], const int *bus, const Halves &halves, int select, int count) {
#pragma HLS INTERFACE m_axi port=bus depth=24
    int *to = select & 1 ? a : b;
    for (int i = 0; i < count; i++)
        *to++ = i * select;
    const int *from = select & 2 ? bus : a;
    int sum = 0;
    while (count-- > 0)
        sum += *from++;
    const short *half = select & 4 ? halves.low : halves.high;
    for (int i = 0; i < 5; i++, half += 3)
        sum ^= *half << i;
    int *back = (select & 8 ? a : b) + 23;
    for (int i = 0; i < 12; i++) {
        *back += sum;
        back -= 2;
    }
    return sum;
}
