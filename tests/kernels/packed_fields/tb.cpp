#include "kernel.h"
#include <cstdlib>

int main() {
    int wrong = 0;
    for (int call = 0; call < 4; call++) {
        Step steps[12];
        hls::stream<Pair> in, out;
        Pair one, last, given[12];
        one.low = call + 3, one.high = 31 - call, one.rest = -7;
        int total = 0, nears[12], bs[12];
        for (int i = 0; i < 12; i++) {
            Step &s = steps[i];
            s.code = Code(std::rand() % 3), s.a = std::rand(), s.b = std::rand(), s.near = std::rand();
            s.far = std::rand(), s.flag = i, s.word = std::rand();
            given[i].low = std::rand(), given[i].high = std::rand(), given[i].rest = std::rand();
            in.write(given[i]);
            if (s.code == Code::add) total += s.a * 100 + s.b;
            if (s.code == Code::take) total -= s.near * s.far + int(s.word);
            nears[i] = s.near, bs[i] = total & 7;
        }
        wrong += packed_fields(steps, in, out, one, last) != total;
        for (int i = 0; i < 12; i++) {
            const Pair pair = out.read();
            const int high = (given[i].high + one.low) & 31;
            wrong += pair.high != high || pair.low != ((given[i].low ^ high) & 7);
            wrong += pair.rest != int8_t(given[i].rest + 7);
            wrong += steps[i].far != nears[i] - i || steps[i].b != bs[i] || steps[i].flag == (i & 1);
        }
    }
    return wrong != 0;
}
