#include <cstdlib>
#include <initializer_list>
#include <numeric>
void prefix_sum(const int in[48], int out[48], int n);

int main() {
    int wrong = 0;
    for (int n : {48, 0, 1, 17}) {
        int in[48], out[48], want[48];
        for (int i = 0; i < 48; i++) in[i] = std::rand(), out[i] = want[i] = -i;
        unsigned sum = 0;
        for (int i = 0; i < n; i++) want[i] = int(sum += unsigned(in[i] >>= 8));
        prefix_sum(in, out, n);
        for (int i = 0; i < 48; i++) wrong += out[i] != want[i];
    }
    return wrong;
}
