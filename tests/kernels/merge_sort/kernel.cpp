// Merge sort from the bottom up, between two arrays.
#define SIZE 32

void merge_sort(int data[SIZE]) {
    int spare[SIZE];
    for (int width = 1; width < SIZE; width *= 2) {
        for (int start = 0; start < SIZE; start += 2 * width) {
            int left = start, right = start + width;
            const int middle = start + width, end = start + 2 * width;
            for (int k = start; k < end; k++) {
                const bool take_left = left < middle && (right >= end || data[left] <= data[right < SIZE ? right : 0]);
                spare[k] = take_left ? data[left] : data[right];
                if (take_left) left++;
                else right++;
            }
        }
        for (int i = 0; i < SIZE; i++) data[i] = spare[i];
    }
}
