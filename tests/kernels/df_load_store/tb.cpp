#include <cstdlib>
void df_load_store(const short in[48], int gain, int out[48]);

int main() {
    int wrong = 0;
    for (int run = 0; run < 6; run++) {
        short in[48];
        int out[48], gain = std::rand() % 2000 - 1000;
        for (short &v : in) v = std::rand();
        df_load_store(in, gain, out);
        for (int i = 0; i < 48; i++) wrong += out[i] != in[i] * gain + i;
    }
    return wrong;
}
