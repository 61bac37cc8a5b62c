#include <cstdlib>
void swap_buffers(const int in[16], int out[16], int rounds);
int main() {
    int a[16], b[16];
    for (int r = 0; r < 5; r++) {
        for (int i = 0; i < 16; i++) a[i] = rand() % 1000;
        swap_buffers(a, b, r);
    }
    return 0;
}
