#include <algorithm>
#include <cstdlib>
void merge_sort(int data[32]);

int main() {
    int wrong = 0;
    for (int round = 0; round < 2; round++) {
        int data[32], want[32];
        for (int i = 0; i < 32; i++) data[i] = want[i] = std::rand() % 1000 - 500;
        std::sort(want, want + 32);
        merge_sort(data);
        wrong += !std::equal(data, data + 32, want);
    }
    return wrong;
}
