#include <algorithm>
#include <cstdlib>
void sort_three(int values[3], int &median);

int main() {
    int wrong = 0;
    for (int round = 0; round < 10; round++) {
        int v[3] = {std::rand() % 9 - 4, std::rand() % 9 - 4, std::rand() % 9 - 4}, median;
        int want[3] = {v[0], v[1], v[2]};
        std::sort(want, want + 3);
        sort_three(v, median);
        wrong += !std::equal(v, v + 3, want) || median != want[1];
    }
    return wrong;
}
