#include <cstdlib>
#include <numeric>
void bank_sum(const short a[64], const short b[64], int &sum);

int main() {
    int wrong = 0;
    for (int round = 0; round < 2; round++) {
        short a[64], b[64];
        int sum;
        for (int i = 0; i < 64; i++) a[i] = std::rand() % 400 - 200, b[i] = std::rand() % 400 - 200;
        bank_sum(a, b, sum);
        wrong += sum != std::inner_product(a, a + 64, b, 0);
    }
    return wrong;
}
