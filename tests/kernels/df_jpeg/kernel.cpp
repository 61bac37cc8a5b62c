// As in a JPEG encoder: zigzag, quantisation and run lengths of a block, with an end of its own.
#include "hls_stream.h"

struct Code {
    unsigned char run;
    short value;
    bool end;
};

static const unsigned char ZIGZAG[64] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
    41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
    30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

static void zigzag(const short block[64], short ordered[64]) {
    for (int i = 0; i < 64; i++) ordered[i] = block[ZIGZAG[i]];
}

static void quantise(short ordered[64], const unsigned char shifts[64], hls::stream<short> &levels) {
    for (int i = 0; i < 64; i++) levels.write(ordered[i] / (1 << shifts[i]));
}

static void run_lengths(hls::stream<short> &levels, hls::stream<Code> &codes) {
    unsigned char run = 0;
    for (int i = 0; i < 64; i++) {
        const short v = levels.read();
        if (v || i == 63) {
            const Code code = {run, v, i == 63};
            codes.write(code);
            run = 0;
        } else {
            run++;
        }
    }
}

static void pack(hls::stream<Code> &codes, int out[64], int &count) {
    int n = 0;
    bool end = false;
    while (!end) {
        const Code code = codes.read();
        out[n++] = code.run << 16 | (code.value & 0xffff);
        end = code.end;
    }
    count = n;
}

void df_jpeg(const short block[64], const unsigned char shifts[64], int out[64], int &count) {
#pragma HLS DATAFLOW
    short ordered[64];
    hls::stream<short> levels;
    hls::stream<Code> codes;
    zigzag(block, ordered);
    quantise(ordered, shifts, levels);
    run_lengths(levels, codes);
    pack(codes, out, count);
}
