#include "hls_stream.h"
#include <cstdint>
#include <cstdlib>

int packet_filter(hls::stream<int16_t> &in, hls::stream<int16_t> &out, int length, int16_t least);

int main() {
    int wrong = 0;
    const int lengths[] = {0, 5, 31, 1, 0, 17};
    for (int call = 0; call < 6; call++) {
        hls::stream<int16_t> in, out, expected;
        const int16_t least = call == 3 ? 32000 : -5000;
        int passed = 0;
        for (int i = 0; i < lengths[call]; i++) {
            const int16_t x = std::rand() % 20000 - 10000;
            in.write(x);
            if (x >= least) expected.write(x), passed++;
        }
        wrong += packet_filter(in, out, lengths[call], least) != passed;
        while (!expected.empty()) wrong += out.read() != expected.read();
        wrong += !out.empty();
    }
    return wrong != 0;
}
