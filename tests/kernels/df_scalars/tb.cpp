#include "ap_int.h"
#include <algorithm>
#include <cstdlib>
int df_scalars(const short in[24], int slack, int &low, int &high);

int main() {
    int wrong = 0;
    for (int run = 0; run < 12; run++) {
        short in[24];
        int slack = std::rand() % 100, low = 0, high = 0;
        for (short &v : in) v = std::rand() % 60000 - 30000;
        const int got = df_scalars(in, slack, low, high);
        const int least = *std::min_element(in, in + 24), most = *std::max_element(in, in + 24);
        const int centre = (least + most) / 2;
        ap_uint<100> seen = 0;
        for (int i = 1; i < 24; i++) seen = (seen << 4) ^ (in[i] & 255);
        const int extra = (seen >> 64) ^ (seen & 0xffffffff);
        wrong += got != centre || low != centre - slack - (most - least) + (extra & 7) ||
                 high != centre + slack + (most - least);
    }
    return wrong;
}
