#include <cstdio>
#include <cstdlib>

int either_bus(const int *bus, int *kept, const short near[16], int n);

int main() {
    srand(43);
    for (int call = 0; call < 8; call++) {
        int bus[32], kept[16];
        short near[16];
        for (auto &v : bus) v = rand() - rand();
        for (auto &v : kept) v = rand();
        for (auto &v : near) v = rand();
        printf("%d\n", either_bus(bus, kept, near, call * 2));
    }
    return 0;
}
