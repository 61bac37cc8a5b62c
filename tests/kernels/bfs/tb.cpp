#include <cstdlib>
void bfs(const unsigned char begin[17], const unsigned char target[40], unsigned char start,
         signed char level[16], unsigned char &horizons);

int main() {
    int wrong = 0;
    for (int round = 0; round < 3; round++) {
        unsigned char begin[17], target[40] = {}, horizons;
        signed char level[16];
        int edges = 0, far[16], deepest = 0;
        for (int n = 0; n < 16; n++) {
            begin[n] = edges;
            for (int k = std::rand() % 4; k > 0 && edges < 40; k--) target[edges++] = std::rand() % 16;
        }
        begin[16] = edges;
        bfs(begin, target, round, level, horizons);
        for (int &f : far) f = 99;
        far[round] = 0;
        for (int pass = 0; pass < 16; pass++)
            for (int n = 0; n < 16; n++)
                for (int e = begin[n]; e < begin[n + 1]; e++)
                    if (far[n] + 1 < far[target[e]]) far[target[e]] = far[n] + 1;
        for (int n = 0; n < 16; n++) {
            wrong += level[n] != (far[n] >= 99 ? -1 : far[n]);
            if (far[n] < 99 && far[n] > deepest) deepest = far[n];
        }
        wrong += horizons != deepest;
    }
    return wrong;
}
