#include <cstdint>
#include <cstdlib>
void sort_registers(int16_t v[8]);

int main() {
    int wrong = 0;
    for (int call = 0; call < 12; call++) {
        int16_t v[8];
        long sum = 0, after = 0;
        for (auto &x : v) sum += x = std::rand();
        sort_registers(v);
        for (int i = 0; i < 8; i++) after += v[i], wrong += i && v[i] < v[i - 1];
        wrong += sum != after;
    }
    return wrong;
}
