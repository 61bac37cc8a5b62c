#include "ap_int.h"
#include <cstdint>
#include <cstdlib>
void lite_memory(const uint8_t in[40], int16_t mixed[10], ap_int<36> wide[6], int n, int &sum);

int main() {
    int wrong = 0;
    for (int n = 1; n <= 40; n += 13) {
        uint8_t in[40];
        int16_t mixed[10], before[10];
        ap_int<36> wide[6];
        int sum = 0, want = 0;
        for (auto &v : in) v = std::rand();
        for (int i = 0; i < 10; i++) mixed[i] = before[i] = std::rand();
        lite_memory(in, mixed, wide, n, sum);
        for (int i = 0; i < n; i++) want += in[i];
        for (int i = 0; i < 10; i++) wrong += mixed[i] != int16_t(before[i] - (i < n ? in[i] : 0));
        for (int i = 0; i < 6; i++) wrong += wide[i] != ap_int<36>(want) * (i - 3) * 65536;
        wrong += sum != want;
    }
    return wrong;
}
