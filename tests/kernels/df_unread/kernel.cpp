#include "hls_stream.h"

static void first(const int in[8], int a[8], hls::stream<int> &s) {
    for (int i = 0; i < 8; i++) {
        a[i] = in[7 - i];
        s.write(in[i] + 1);
    }
}

static void second(const int a[8], hls::stream<int> &s, int b[8], hls::stream<int> &t) {
    for (int i = 0; i < 8; i++) {
        b[i] = a[i] * 3;
        t.write(s.read() * 2);
    }
}

static void third(const int b[8], hls::stream<int> &t, int out[8]) {
    for (int i = 0; i < 8; i++) out[i] = t.read() ^ (b[i] & 0);
}

// Nobody needs the array `b`, and so nobody needs `a`, of which it is made.
void df_unread(const int in[8], int out[8]) {
#pragma HLS DATAFLOW
    int a[8], b[8];
    hls::stream<int> s, t;
    first(in, a, s);
    second(a, s, b, t);
    third(b, t, out);
}
