#include <cmath>
struct Body {
    float x, y, vx, vy, mass;
};
void n_body(Body body[3]);

int main() {
    Body body[3] = {{0, 0, 0, 0, 2}, {1, 0, 0, 1, 1}, {-1, 0.5f, 0.3f, -1, 0.5f}};
    double x = 0, y = 0, later_x = 0, later_y = 0;
    for (const Body &b : body) x += b.mass * b.vx, y += b.mass * b.vy;
    n_body(body);
    for (const Body &b : body) later_x += b.mass * b.vx, later_y += b.mass * b.vy;
    return std::fabs(x - later_x) > 1e-5 || std::fabs(y - later_y) > 1e-5 || body[1].x == 1.0f;
}
