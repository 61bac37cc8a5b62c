#include <cstdint>
void sha256(const uint32_t block[16], uint32_t state[8]);

int main() {  // of "abc"
    uint32_t block[16] = {0x61626380};
    block[15] = 24;
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const uint32_t known[8] = {0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223,
                               0xb00361a3, 0x96177a9c, 0xb410ff61, 0xf20015ad};
    sha256(block, state);
    int wrong = 0;
    for (int n = 0; n < 8; n++) wrong += state[n] != known[n];
    return wrong;
}
