#include "ap_int.h"
#include <cstdlib>
#include <stdint.h>
int wide_bits(uint8_t n, ap_int<130> packed[4], ap_int<130> split[6], const uint16_t ends[8]);

int main() {
    static ap_int<130> packed[4], split[6];
    uint16_t ends[8];
    int wrong = 0;
    for (int call = 0; call < 40; call++) {
        const uint8_t n = std::rand();
        for (auto &x : packed) x = (ap_int<130>(std::rand()) << 99) ^ std::rand();
        for (auto &x : split) x = (ap_int<130>(std::rand()) << 101) ^ std::rand();
        for (auto &x : ends) x = std::rand();
        const ap_int<130> last = packed[2];
        wrong += wide_bits(n, packed, split, ends) != ends[0] + ends[n & 7];
        wrong += packed[2].range(129, 128) != (n & 3);
    }
    return wrong;
}
