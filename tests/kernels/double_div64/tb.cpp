#include <cmath>
void double_div64(const double a[6], const double b[6], double quotient[6]);

int main() {
    const double a[6] = {1, 22, -1e308, 5e-324, 0, 0}, b[6] = {3, 7, 1e-10, 0.25, 0, -4};
    double q[6];
    double_div64(a, b, q);
    int wrong = q[0] != 0.33333333333333331 || std::fabs(q[1] * 7 - 22) > 1e-14 || q[2] != -INFINITY;
    wrong += q[3] != 2e-323 || q[4] == q[4] || q[5] != 0 || !std::signbit(q[5]);
    return wrong;
}
