#include <cstdint>
#include <cstdlib>
void axi_bytes(uint8_t data[70], uint16_t *counts, uint8_t key);

int main() {
    int wrong = 0;
    uint16_t counts[16] = {}, want[16] = {};
    for (int key = 5; key < 200; key += 90) {
        uint8_t data[70], before[70];
        for (int i = 0; i < 70; i++) data[i] = before[i] = std::rand(), want[before[i] % 16]++;
        axi_bytes(data, counts, key);
        for (int i = 0; i < 70; i++) wrong += data[i] != (before[i == 3 ? 66 : i] ^ key);
    }
    for (int i = 0; i < 16; i++) wrong += counts[i] != want[i];
    return wrong;
}
