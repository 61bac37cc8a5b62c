#include <cmath>
double sine_series(double x);

int main() {
    int wrong = 0;
    for (double x = -3; x <= 3; x += 0.75) wrong += std::fabs(sine_series(x) - std::sin(x)) > 1e-8;
    return wrong;
}
