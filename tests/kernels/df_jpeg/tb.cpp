#include <cstdlib>
#include <cstring>
void df_jpeg(const short block[64], const unsigned char shifts[64], int out[64], int &count);

int main() {
    int wrong = 0;
    for (int run = 0; run < 5; run++) {
        short block[64];
        unsigned char shifts[64];
        int out[64], count = 0;
        std::memset(out, 0, sizeof out);
        for (int i = 0; i < 64; i++) {
            block[i] = std::rand() % 400 - 200;
            shifts[i] = i / 8 + std::rand() % 2;
        }
        df_jpeg(block, shifts, out, count);
        // Every block position is told exactly once.
        int told = 0;
        for (int i = 0; i < count; i++) told += (out[i] >> 16) + 1;
        wrong += told != 64;
        wrong += short(out[0] & 0xffff) != block[0] / (1 << shifts[0]) && block[0] / (1 << shifts[0]);
    }
    return wrong;
}
