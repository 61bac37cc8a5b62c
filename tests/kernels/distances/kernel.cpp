// How far points are from a line and from the origin: fma and hypot of the C library.
#include <cmath>

float distances(const float x[8], const float y[8], float slope, float above[8]) {
    float farthest = 0;
    for (int i = 0; i < 8; i++) {
        above[i] = std::fma(-slope, x[i], y[i]);
        farthest = std::fmax(farthest, std::hypot(x[i], y[i]));
    }
    return farthest;
}
