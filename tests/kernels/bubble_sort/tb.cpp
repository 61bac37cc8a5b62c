#include <cstdlib>

void bubble_sort(int values[16], int count);

int main() {
    int values[16];
    for (int call = 0; call < 5; call++) {
        for (auto &value : values) value = rand() % 1000;
        bubble_sort(values, 16);
        for (int i = 1; i < 16; i++)
            if (values[i - 1] > values[i]) return 1;
    }
    return 0;
}
