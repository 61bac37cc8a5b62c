// One block of SHA-256: the state is updated in place.
static const unsigned K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static unsigned turn(unsigned x, int n) { return (x >> n) | (x << (32 - n)); }

void sha256_block(const unsigned message[16], unsigned state[8]) {
    unsigned w[16];
    unsigned a = state[0], b = state[1], c = state[2], d = state[3];
    unsigned e = state[4], f = state[5], g = state[6], h = state[7];
#pragma HLS ARRAY_PARTITION variable=w complete
    for (int i = 0; i < 16; i++) w[i] = message[i];
rounds:
    for (int i = 0; i < 64; i++) {
#pragma HLS PIPELINE II=1
        const unsigned now = w[0];
        const unsigned s0 = turn(w[1], 7) ^ turn(w[1], 18) ^ (w[1] >> 3);
        const unsigned s1 = turn(w[14], 17) ^ turn(w[14], 19) ^ (w[14] >> 10);
        const unsigned next = w[0] + s0 + w[9] + s1;
        for (int j = 0; j < 15; j++) w[j] = w[j + 1];
        w[15] = next;
        const unsigned t1 = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + now;
        const unsigned t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    const unsigned work[8] = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; i++) state[i] += work[i];
}
