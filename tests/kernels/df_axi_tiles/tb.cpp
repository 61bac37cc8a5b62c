#include <algorithm>
#include <cstdlib>
int df_axi_tiles(const short *from, short *to);

int main() {
    int wrong = 0;
    for (int call = 0; call < 3; call++) {
        short from[48], to[48], want[48];
        for (short &v : from) v = std::rand();
        std::copy(from, from + 48, want);
        int inversions = 0;
        for (int r = 0; r < 48; r += 8) {
            for (int i = r; i < r + 8; i++)
                for (int j = i + 1; j < r + 8; j++) inversions += from[i] > from[j];
            std::sort(want + r, want + r + 8);
        }
        wrong += df_axi_tiles(from, to) != inversions;
        wrong += !std::equal(to, to + 48, want);
    }
    return wrong;
}
