#include <cstdio>

short delay_line(short value, unsigned char at, short &other);

int main() {
    unsigned at = 0;
    for (int call = 0; call < 120; call++) {
        short other;
        short before = delay_line(call * 1237, at, other);
        printf("%d %d\n", before, other);
        at = call < 60 ? at + 3 : at + 37;
    }
    return 0;
}
