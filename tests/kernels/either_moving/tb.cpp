#include <cstdio>
#include <cstdlib>

struct Halves {
    short low[16], high[16];
};

int either_moving(int a[24], int b[24], const int *bus, const Halves &halves, int select, int count);

int main() {
    srand(47);
    for (int call = 0; call < 16; call++) {
        int a[24], b[24], bus[24];
        Halves halves;
        for (int i = 0; i < 24; i++)
            a[i] = rand(), b[i] = rand(), bus[i] = rand() - rand();
        for (int i = 0; i < 16; i++)
            halves.low[i] = rand(), halves.high[i] = rand();
        printf("%d\n", either_moving(a, b, bus, halves, call, call == 7 ? 0 : rand() % 25));
    }
    return 0;
}
