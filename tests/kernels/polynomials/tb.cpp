#include <cstdio>
#include <cstdlib>

int polynomials(const short x[8], const short c[6], int y[8], short scale);

int main() {
    srand(9);
    for (int call = 0; call < 12; call++) {
        short x[8], c[6];
        int y[8];
        for (short &v : x) v = call == 3 ? -32768 : rand();
        for (short &v : c) v = call == 3 ? -32768 : rand() >> call % 5;
        int best = polynomials(x, c, y, call == 3 ? -32768 : rand());
        printf("%d %d %d\n", best, y[0], y[7]);
    }
    return 0;
}
