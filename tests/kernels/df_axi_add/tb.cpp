#include <cstdint>
#include <vector>
extern "C" void df_axi_add(const uint32_t *a, const uint32_t *b, uint32_t *out, int n);

int main() {
    int wrong = 0;
    for (int n : {17, 64, 1, 0, 33}) {
        std::vector<uint32_t> a(64), b(64), out(64, 0xdeadu);
        for (int i = 0; i < 64; i++) a[i] = i * 2654435761u, b[i] = 1000u * n - i;
        df_axi_add(a.data(), b.data(), out.data(), n);
        for (int i = 0; i < 64; i++) wrong += out[i] != (i < n ? a[i] + b[i] : 0xdeadu);
    }
    return wrong;
}
