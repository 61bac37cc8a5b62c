#include <stdint.h>
#include <stdlib.h>
int32_t two_rounds(int32_t a[12], int32_t n);

int main() {
    int32_t a[12];
    for (int n = 0; n < 6; n++) {
        for (int32_t &x : a) x = rand() - rand();
        two_rounds(a, 3 * n - 1);
    }
}
