#include <algorithm>
#include <cstdlib>
void median_ternary(const unsigned char in[34], unsigned char out[32]);

int main() {
    unsigned char in[34], out[32];
    int wrong = 0;
    for (auto &v : in) v = std::rand();
    median_ternary(in, out);
    for (int i = 0; i < 32; i++) {
        unsigned char three[3] = {in[i], in[i + 1], in[i + 2]};
        std::sort(three, three + 3);
        wrong += out[i] != three[1];
    }
    return wrong;
}
