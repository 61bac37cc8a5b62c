#include <cstdio>
#include <cstdlib>

int bound_parts(const short a[32], const short b[32], short scale);

int main() {
    srand(11);
    for (int call = 0; call < 8; call++) {
        short a[32], b[32];
        for (short &v : a) v = call == 6 ? -32768 : rand();
        for (short &v : b) v = call == 6 ? -32768 : rand();
        printf("%d\n", bound_parts(a, b, call == 6 ? -32768 : rand()));
    }
    return 0;
}
