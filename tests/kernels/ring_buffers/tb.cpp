#include <cstdlib>
void ring_buffers(const int in[40], int out[40], int sums[16], int wide[256]);

int main() {
    int in[40], out[40], sums[16], wide[256], want[256], wrong = 0;
    for (int round = 0; round < 3; round++) {
        for (int &x : in) x = std::rand() % 2001 - 1000;
        ring_buffers(in, out, sums, wide);
        for (int i = 0; i < 256; i++) want[i] = i;
        for (int n = 0; n < 26; n++) want[(253 + n) % 256] = want[(250 + n) % 256] * 5 + 1;
        for (int i = 0; i < 256; i++) wrong += wide[i] != want[i];
        int ring[8];
        for (int i = 0; i < 8; i++) ring[i] = in[i] + i;
        for (int i = 0; i < 40; i++) {
            want[i] = ring[i % 8] * 3 + ring[(i + 5) % 8];
            ring[(i + 3) % 8] = want[i] ^ in[i];
        }
        for (int i = 0; i < 40; i++) wrong += out[i] != (int)((unsigned)want[i] * (unsigned)ring[i % 8]);
    }
    return wrong;
}
