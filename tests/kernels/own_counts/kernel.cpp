// Two tasks with a static variable each, of one name.
#include <ap_int.h>
#include <hls_stream.h>
typedef ap_int<16> T;
static void a(hls::stream<T> &x, hls::stream<T> &m) {
    static T count = 3;
    for (int i = 0; i < 8; i++) { m.write(x.read() + count); count++; }
}
static void b(hls::stream<T> &m, hls::stream<T> &y) {
    static T count = 100;
    for (int i = 0; i < 8; i++) { y.write(m.read() * count); count += 2; }
}
void own_counts(hls::stream<T> &x, hls::stream<T> &y) {
#pragma HLS DATAFLOW
    hls::stream<T> m;
    a(x, m);
    b(m, y);
}
