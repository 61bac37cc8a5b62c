#include <cstdlib>
struct Point {
    int x, y, z;
};
struct Body {
    Point p[4];
    int id;
};
void nested_points(Body b[5], int j, int k, int out[5]);
int main() {
    Body b[5];
    int out[5] = {};
    for (int r = 0; r < 20; r++) {
        for (Body& body : b) {
            for (Point& p : body.p) p = {rand(), rand(), rand()};
            body.id = rand();
        }
        nested_points(b, r % 4, r % 5, out);
    }
    return 0;
}
