#include <algorithm>

void bubble_sort(int values[16], int count) {
    bool swapped;
    do {
        swapped = false;
        for (int i = 1; i < count; i++)
            if (values[i - 1] > values[i]) {
                std::swap(values[i - 1], values[i]);
                swapped = true;
            }
        count--;
    } while (swapped);
}
