#include <cstdio>
#include <cstdlib>

long long mul_limit(const short a[32], const short b[32], const short c[4]);

int main() {
    srand(5);
    for (int call = 0; call < 6; call++) {
        short a[32], b[32], c[4];
        for (int i = 0; i < 32; i++) {
            a[i] = call == 5 ? -32768 : rand();
            b[i] = call >= 4 ? -32768 : rand();
        }
        for (int i = 0; i < 4; i++) c[i] = call == 5 ? -32768 : rand();
        printf("%lld\n", mul_limit(a, b, c));
    }
    return 0;
}
