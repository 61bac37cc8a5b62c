#include <cstdint>
#include <cstdlib>
void axi_copy(const int32_t *in, int32_t *out, int n);

int main() {
    int wrong = 0;
    for (int n = 1; n <= 200; n += 66) {
        int32_t in[200], out[200];
        for (int i = 0; i < 200; i++) in[i] = std::rand(), out[i] = -i;
        axi_copy(in, out, n);
        for (int i = 0; i < 200; i++) wrong += out[i] != (i < n ? in[i] + 1 : -i);
    }
    return wrong;
}
