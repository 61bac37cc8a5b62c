// The digest of "abc", from FIPS 180.
void sha256_block(const unsigned message[16], unsigned state[8]);

int main() {
    unsigned state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const unsigned want[8] = {0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223, 0xb00361a3, 0x96177a9c, 0xb410ff61, 0xf20015ad};
    unsigned message[16] = {0x61626380};
    message[15] = 24;
    sha256_block(message, state);
    int wrong = 0;
    for (int i = 0; i < 8; i++) wrong += state[i] != want[i];
    return wrong;
}
