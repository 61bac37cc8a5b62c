#include <hls_stream.h>

void piped_free(hls::stream<int> &a, hls::stream<int> &b, hls::stream<int> &low, hls::stream<int> &high);

int main() {
    hls::stream<int> a, b, low, high;
    int largest = -1000000, wrong = 0;
    for (int n = 0; n < 50; n++) {
        int x = n * 1237 % 2001 - 1000, y = n * n % 701 - 300, z = n - 20;
        a.write(x), b.write(y), a.write(z);
        piped_free(a, b, low, high);
        int top = x > y ? x : y;
        largest = top > largest ? top : largest;
        wrong += low.read() != (x > y ? y : x) * z;
        wrong += high.read() != top;
        wrong += high.read() != largest;
    }
    return wrong != 0;
}
