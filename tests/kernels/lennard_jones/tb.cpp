#include <cmath>
struct Point {
    double x, y, z;
};
void lennard_jones(const Point position[4], const int list[4][3], Point force[4]);

int main() {
    const Point at[4] = {{0, 0, 0}, {1.1, 0.2, 0}, {-0.3, 1.2, 0.4}, {0.1, -0.2, 1.3}};
    const int list[4][3] = {{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}};
    Point force[4];
    lennard_jones(at, list, force);
    double x = 0, y = 0, z = 0, size = 0;  // action and reaction: nothing is left
    for (const Point &f : force) x += f.x, y += f.y, z += f.z, size += std::fabs(f.x) + std::fabs(f.y);
    return std::fabs(x) + std::fabs(y) + std::fabs(z) > 1e-12 * size || size < 0.1;
}
