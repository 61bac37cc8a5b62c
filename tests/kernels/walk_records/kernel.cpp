// A pointer walks; the array is behind a select.
struct P {
    short x, y;
};
int walk_records(const P p[10], int which, int lut[2][4]) {
    const P* q = p;
    int s = 0;
    int* t = which ? lut[1] : lut[0];
    while (q != p + 10) {
        s += q->x * 3 - q->y;
        t[(q->x) & 3] += 1;
        ++q;
    }
    return s;
}
