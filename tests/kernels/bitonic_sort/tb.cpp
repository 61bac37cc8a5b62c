#include "ap_int.h"
#include <algorithm>
#include <cstdlib>
void bitonic_sort(ap_int<10> rows[6][8]);

int main() {
    ap_int<10> rows[6][8];
    int want[6][8], wrong = 0;
    for (int r = 0; r < 6; r++) {
        for (int i = 0; i < 8; i++) rows[r][i] = std::rand(), want[r][i] = rows[r][i];
        std::sort(want[r], want[r] + 8);
    }
    bitonic_sort(rows);
    for (int n = 0; n < 48; n++) wrong += rows[n / 8][n % 8] != want[n / 8][n % 8];
    return wrong;
}
