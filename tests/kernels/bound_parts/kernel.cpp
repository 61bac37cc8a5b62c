// Operators and memories as the source wants them: products of logic and in several cycles, a memory
// with one port in look-up tables, and a call of no less than 150 cycles.
int bound_parts(const short a[32], const short b[32], short scale) {
#pragma HLS LATENCY min=150
    short kept[32];
#pragma HLS BIND_STORAGE variable=kept type=ram_1p impl=lutram
    int wide[32];
#pragma HLS RESOURCE variable=wide core=RAM_2P_BRAM
    int total = 0;
    for (int i = 0; i < 32; i++) {
        int product = a[i] * scale;
#pragma HLS BIND_OP variable=product op=mul impl=fabric
        kept[i] = product >> 5;
        wide[i] = product;
    }
    for (int i = 0; i < 32; i++) {
#pragma HLS PIPELINE
        int deep = kept[31 - i] * b[i];
#pragma HLS BIND_OP variable=deep op=mul impl=dsp latency=4
        total += deep + (wide[i] ^ kept[i]);
    }
    int last = total;
#pragma HLS BIND_OP variable=last op=mul latency=3
    last = last * scale;
    return last;
}
