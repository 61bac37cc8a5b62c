#include <cmath>
void durbin(const double r[5], double y[5]);

int main() {
    const double r[5] = {0.5, 0.2, -0.1, 0.05, 0.3};
    double y[5];
    durbin(r, y);
    int wrong = 0;
    for (int i = 0; i < 5; i++) {  // the system's i-th row
        double sum = r[i];
        for (int j = 0; j < 5; j++) sum += y[j] * (i == j ? 1 : r[(i > j ? i - j : j - i) - 1]);
        wrong += std::fabs(sum) > 1e-12;
    }
    return wrong;
}
