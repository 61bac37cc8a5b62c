#include "ap_int.h"
#include <cstdint>
#include <cstdlib>
uint64_t lite_scalars(int32_t a, uint64_t b, ap_int<5> c, bool swap, int64_t &total, ap_uint<9> *odd);

int main() {
    int wrong = 0;
    int64_t total = -5000000000, want = total;
    ap_uint<9> odd = 3;
    int last = 3;
    for (int call = 0; call < 9; call++) {
        const int32_t a = std::rand() - std::rand();
        const uint64_t b = (uint64_t(std::rand()) << 33) + std::rand();
        const int c = std::rand() % 32 - 16;
        const uint64_t found = lite_scalars(a, b, c, call & 1, total, &odd);
        want += a;
        if (a & 1) last = a & 511;
        wrong += found != (call & 1 ? b - c : b + c) || total != want || odd != last;
    }
    return wrong;
}
