#include <cstdlib>
void df_ping_pong(const int in[32], int factor, int out[32]);

int main() {
    int wrong = 0;
    for (int run = 0; run < 8; run++) {
        int in[32], out[32], factor = std::rand() % 100 - 50;
        for (int &v : in) v = std::rand() % 20000 - 10000;
        df_ping_pong(in, factor, out);
        for (int i = 0; i < 32; i++) {
            const int at = 31 - i;
            const int left = in[at ? at - 1 : 0] * factor, right = in[at < 31 ? at + 1 : 31] * factor;
            wrong += out[i] != (left + 2 * in[at] * factor + right) >> 2;
        }
    }
    return wrong;
}
