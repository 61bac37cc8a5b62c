#include "ap_int.h"
void concat(ap_uint<8> a, ap_uint<8> b, ap_uint<16> &joined, ap_uint<8> &reversed, ap_uint<3> &flags);

int main() {
    int wrong = 0;
    for (int a = 0; a < 256; a += 15)
        for (int b = 0; b < 256; b += 51) {
            ap_uint<16> joined;
            ap_uint<8> reversed;
            ap_uint<3> flags;
            concat(a, b, joined, reversed, flags);
            int back = 0, odd = 0;
            for (int i = 0; i < 8; i++) back |= (a >> i & 1) << (7 - i), odd ^= a >> i & 1;
            wrong += joined != a * 256 + b || reversed != back;
            wrong += flags != ((a == 255) << 2 | (b != 0) << 1 | odd);
        }
    return wrong;
}
