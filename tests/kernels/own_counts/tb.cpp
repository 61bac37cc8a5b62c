#include <ap_int.h>
#include <hls_stream.h>
typedef ap_int<16> T;
void own_counts(hls::stream<T> &x, hls::stream<T> &y);
int main() {
    hls::stream<T> x, y;
    for (int r = 0; r < 3; r++) {
        for (int i = 0; i < 8; i++) x.write(i * 7 + r);
        own_counts(x, y);
        for (int i = 0; i < 8; i++) y.read();
    }
    return 0;
}
