#include "hls_stream.h"

namespace filters {
namespace fixed {
int inner_scale(const int x[16], hls::stream<int> &out, int which);
}
}

int main() {
    const int gains[4] = {3, -5, 7, 11};
    int wrong = 0;
    for (int which = 0; which < 4; which++) {
        int x[16];
        hls::stream<int> out;
        for (int i = 0; i < 16; i++) x[i] = i * 1234 - 9000 * which;
        const int last = filters::fixed::inner_scale(x, out, which);
        int found = 0;
        for (int i = 0; i < 16; i++) {
            found = out.read();
            wrong += found != (x[i] * gains[which] + 4) >> 3;
        }
        wrong += last != found;
    }
    return wrong != 0;
}
