#include <cstdlib>
void viterbi(const unsigned char observed[10], const unsigned char transition[4][4], const unsigned char emission[4][4],
             unsigned char path[10]);

int main() {
    unsigned char observed[10], transition[4][4], emission[4][4], path[10];
    for (auto &o : observed) o = std::rand() % 4;
    for (int n = 0; n < 16; n++) transition[n / 4][n % 4] = std::rand() % 200, emission[n / 4][n % 4] = std::rand() % 200;
    viterbi(observed, transition, emission, path);
    long best = 1 << 20, found = 0;
    for (int code = 0; code < 1 << 20; code++) {  // every path there is
        long cost = 0;
        for (int t = 0; t < 10; t++) {
            const int s = code >> (2 * t) & 3;
            cost += emission[s][observed[t]] + (t ? transition[code >> (2 * t - 2) & 3][s] : 0);
        }
        best = cost < best ? cost : best;
    }
    for (int t = 0; t < 10; t++) found += emission[path[t]][observed[t]] + (t ? transition[path[t - 1]][path[t]] : 0);
    return found != best;
}
