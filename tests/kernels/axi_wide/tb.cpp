#include "ap_int.h"
#include <cstdlib>
void axi_wide(const ap_uint<100> *in, const ap_uint<100> *keys, int from, int n, ap_uint<100> *out);

int main() {
    int wrong = 0;
    for (int from = 0; from < 40; from += 13) {
        ap_uint<100> in[40], keys[8], out[40];
        for (int i = 0; i < 40; i++) {
            in[i] = (ap_uint<100>(std::rand()) << 66) + std::rand();
            out[i] = i;
            keys[i % 8] = (ap_uint<100>(std::rand()) << 50) + i;
        }
        axi_wide(in, keys, from, 35, out);
        for (int i = 0; i < 40; i++) {
            const ap_uint<100> v = in[i] ^ keys[i % 8];
            wrong += out[i] != (i >= from && i < 35 && v[3] ? v : ap_uint<100>(i));
        }
    }
    return wrong;
}
