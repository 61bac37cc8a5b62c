// The least and the greatest of pairs with the standard library's min, max, abs and swap.
#include <algorithm>
#include <cstdlib>

void std_minmax(int a[16], int b[16], int &spread) {
    int most = 0;
    for (int i = 0; i < 16; i++) {
        if (a[i] > b[i]) std::swap(a[i], b[i]);
        most = std::max(most, std::abs(b[i] - a[i]));
        b[i] = std::min(b[i], 5000);
    }
    spread = most;
}
