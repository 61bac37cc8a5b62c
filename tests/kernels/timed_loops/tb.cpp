#include <cstdio>
#include <cstdlib>
#include <hls_stream.h>

int timed_loops(const short a[4][8], hls::stream<short> &in, int rounds);

int main() {
    srand(29);
    for (int call = 0; call < 12; call++) {
        short a[4][8];
        hls::stream<short> in;
        for (auto &row : a)
            for (short &v : row)
                v = call == 5 ? -32768 : rand();
        for (int i = 0; i < 8; i++)
            in.write(call == 5 ? 32767 : rand());
        printf("%d\n", timed_loops(a, in, rand()));
    }
    return 0;
}
