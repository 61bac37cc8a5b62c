#include <cstdlib>
void struct_arrays(const int in[12], int out[12]);

int main() {
    int wrong = 0;
    for (int run = 0; run < 4; run++) {
        int in[12], out[12];
        for (int &v : in) v = std::rand();
        struct_arrays(in, out);
        for (int i = 0; i < 12; i++) {
            const int other = in[i / 4 * 4 + 3 - i % 4];
            wrong += out[i] != short(in[i]) * 3 + short(other >> 16) * 7 + (i / 4 * 4 + 3) * 5;
        }
    }
    return wrong;
}
