#include <algorithm>
#include <cstdlib>
void lambda_map(short data[24], short gain, short offset);

int main() {
    int wrong = 0;
    for (short gain = -3; gain < 4; gain += 2) {
        short data[24], before[24];
        for (int i = 0; i < 24; i++) data[i] = before[i] = std::rand() % 600 - 300;
        lambda_map(data, gain, 37);
        for (int i = 0; i < 24; i++) {
            const int want = before[i] * gain + (i % 2 ? 37 : -37);
            wrong += data[i] != std::clamp(want, -1000, 1000);
        }
    }
    return wrong;
}
