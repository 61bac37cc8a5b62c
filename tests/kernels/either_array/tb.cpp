#include <cstdint>
#include <cstdlib>
int32_t either_array(uint32_t n, int32_t first[8], int32_t second[8], int32_t table[8][4]);

int main() {
    int32_t first[8], second[8], table[8][4];
    int wrong = 0;
    for (uint32_t n = 0; n < 128; n++) {
        for (auto &x : first) x = std::rand();
        for (auto &x : second) x = std::rand();
        for (auto &row : table) for (auto &x : row) x = std::rand();
        either_array(n, first, second, table);
        wrong += n & 16 && first[n & 7] != 77;
    }
    return wrong;
}
