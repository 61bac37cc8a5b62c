// The angle of a point, by the C library's name.
#include <cmath>

float direction(float x, float y) { return std::atan2(y, x); }
