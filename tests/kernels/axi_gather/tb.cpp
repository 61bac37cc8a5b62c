#include <cstdint>
#include <cstdlib>
int axi_gather(const uint16_t *index, const int32_t *table, int32_t *out);

int main() {
    int wrong = 0;
    for (int call = 0; call < 3; call++) {
        uint16_t index[48];
        int32_t table[100], out[48];
        int want = 0;
        for (auto &v : index) want += (v = std::rand() % 128) < 100;
        for (auto &v : table) v = std::rand();
        wrong += axi_gather(index, table, out) != want;
        for (int i = 0; i < 48; i++) wrong += out[i] != (index[i] < 100 ? table[index[i]] : -1);
    }
    return wrong;
}
