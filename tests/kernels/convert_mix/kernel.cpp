// Conversions between integers of all widths, floats and doubles, and rounding to whole numbers.
#include <cmath>
#include <cstdint>

void convert_mix(int8_t a, uint16_t b, int32_t c, uint64_t d, float x, double y, int64_t whole[10], double real[8]) {
    whole[0] = int8_t(x);
    whole[1] = uint16_t(x < 0 ? -x : x);
    whole[2] = int32_t(x);
    whole[3] = int64_t(y);
    whole[4] = uint32_t(x < 0 ? -x : x);
    whole[5] = std::lround(y);
    whole[6] = int(std::floor(y)) + int(std::ceil(x));
    whole[7] = int(std::trunc(y)) - int(std::round(x));
    whole[8] = x == x && x < y ? 1 : x > y ? -1 : 0;
    whole[9] = bool(x) + 2 * std::signbit(y) + 4 * std::isfinite(x);
    real[0] = float(a) + b;
    real[1] = float(c);
    real[2] = double(c) * 0.5;
    real[3] = double(d);
    real[4] = float(d);
    real[5] = float(y);
    real[6] = std::rint(x) + std::fabs(y);
    real[7] = std::copysign(double(x), y);
}
