#include <cstdlib>
struct P {
    short x, y;
};
int walk_records(const P p[10], int which, int lut[2][4]);
int main() {
    P p[10];
    int l[2][4] = {};
    for (int r = 0; r < 5; r++) {
        for (int i = 0; i < 10; i++) p[i] = {(short)rand(), (short)rand()};
        walk_records(p, r & 1, l);
    }
    return 0;
}
