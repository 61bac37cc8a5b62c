#include <algorithm>
#include <cstdlib>
void radix_sort(unsigned short data[32]);

int main() {
    unsigned short data[32], want[32];
    for (int i = 0; i < 32; i++) data[i] = want[i] = std::rand();
    std::sort(want, want + 32);
    radix_sort(data);
    return !std::equal(data, data + 32, want);
}
