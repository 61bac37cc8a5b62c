#include "ap_int.h"
#include "hls_stream.h"
void static_registers(hls::stream<int> &x, hls::stream<int> &y, int n, bool clear);
int main() {
    hls::stream<int> x, y;
    unsigned state = 5;
    for (int call = 0; call < 5; call++) {
        for (int i = 0; i < 24; i++) x.write((state = state * 1664525u + 1013904223u) >> 4);
        static_registers(x, y, 24, call == 3);
        while (!y.empty()) y.read();
    }
}
