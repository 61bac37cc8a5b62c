#include <cstdint>
#include <initializer_list>
unsigned short isqrt(unsigned value);

int main() {
    int wrong = 0;
    for (uint64_t v : {0ull, 1ull, 2ull, 3ull, 4ull, 99ull, 100ull, 65535ull, 65536ull, 4294967295ull, 4294836225ull, 4294836224ull}) {
        const uint64_t root = isqrt(v);
        wrong += root * root > v || (root + 1) * (root + 1) <= v;
    }
    return wrong;
}
