// Points of 12 bytes within bodies of 52: no step between bodies is one of points. An index before
// a body's first point begins in the body before.
struct Point {
    int x, y, z;
};
struct Body {
    Point p[4];
    int id;
};
void nested_points(Body b[5], int j, int k, int out[5]) {
    b[2].p[j].y += b[k].p[1].x;
    for (int i = 0; i < 4; i++) {
        out[0] += b[3].p[i].z * b[4].p[3 - i].x;
        if (i) out[1] += b[3].p[i - 1].z - b[1].p[i - 1].y;
    }
    out[2] = b[k].p[j].z;
    out[3] = b[b[1].id & 1 ? 4 : 0].p[2].x;
    for (int i = 1; i < 5; i++) out[4] += b[i - 1].p[i - 1].x ^ b[i].p[4 - i].y;
}
