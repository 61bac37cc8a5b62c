// The digest of "abc", from FIPS 180.
void sha1_block(const unsigned message[16], unsigned state[5]);

int main() {
    unsigned state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    const unsigned want[5] = {0xa9993e36, 0x4706816a, 0xba3e2571, 0x7850c26c, 0x9cd0d89d};
    unsigned message[16] = {0x61626380};
    message[15] = 24;
    sha1_block(message, state);
    int wrong = 0;
    for (int i = 0; i < 5; i++) wrong += state[i] != want[i];
    return wrong;
}
