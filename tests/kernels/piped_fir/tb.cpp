#include <hls_stream.h>

void piped_fir(hls::stream<short> &x, hls::stream<int> &y);

int main() {
    const int taps[8] = {1, -3, 5, 7, 7, 5, -3, 1};
    hls::stream<short> x;
    hls::stream<int> y;
    int line[8] = {0}, wrong = 0;
    for (int n = 0; n < 60; n++) {
        for (int i = 7; i > 0; i--) line[i] = line[i - 1];
        line[0] = n * 1237 % 2001 - 1000;
        int sum = 0;
        for (int i = 0; i < 8; i++) sum += line[i] * taps[i];
        x.write(line[0]);
        piped_fir(x, y);
        wrong += y.read() != sum;
    }
    return wrong != 0;
}
