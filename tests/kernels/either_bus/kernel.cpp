// The smaller and the larger of words here and behind a bus: only the one that is meant is read, since
// the other index may lead out of its array.
#include <cstdint>

int either_bus(const int *bus, int *kept, const short near[16], int n) {
#pragma HLS INTERFACE m_axi port=bus depth=32
#pragma HLS INTERFACE m_axi port=kept depth=16
    int own[16];
    for (int i = 0; i < 16; i++)
        own[i] = near[i] * 3;
    int sum = 0;
    for (int i = 0; i < 16; i++) {
        int value = near[i] >= 0 ? bus[near[i] & 31] : own[-(near[i] + 1) & 15];
        sum += value;
        (value & 1 ? own[i] : kept[value & 15]) = sum;
    }
    for (int i = 0; i < n; i++)
        sum ^= own[i] < bus[i] ? own[i] : bus[i];
    for (int i = 0; i < 4; i++)
        sum -= i == 2 ? bus[i] : i == 1 ? own[sum & 15] : kept[i];
    return sum;
}
