// Bytes changed in place, and counted in memory: each count waits until the one before is stored.
#include <cstdint>

void axi_bytes(uint8_t data[70], uint16_t *counts, uint8_t key) {
#pragma HLS INTERFACE m_axi port=data offset=direct bundle=bytes
#pragma HLS INTERFACE m_axi port=counts offset=direct bundle=words depth=16
    for (int i = 69; i >= 0; i--) counts[data[i] % 16]++;
    for (int i = 0; i < 70; i++) data[i] = data[i] ^ key;
    data[3] = data[66];
}
