#include <cstdint>
#include <initializer_list>
int sign_mix(signed char a, unsigned char b, short c, unsigned d);

int main() {
    int wrong = 0;
    for (int a : {-128, -1, 0, 127})
        for (int b : {0, 127, 128, 255})
            for (int64_t d : {0ll, 1ll, 4294967295ll, 2147483648ll}) {
                const int c = 100 * a + b;
                const int64_t signed_d = d >= 2147483648ll ? d - 4294967296ll : d;
                int64_t want = (a & 255) + (b > 127 ? b - 256 : b) * 3;
                want += ((a < 0 ? a + 4294967296ll : a) > d ? 1 : 2) * 1000;
                want += (c * signed_d >> 16) + (a < b ? 7 : 9);
                wrong += sign_mix(a, b, c, d) != int(want);
            }
    return wrong;
}
