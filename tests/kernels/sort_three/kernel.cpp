// References to scalars and to elements, swapped by a function of its own.
static void order(int &low, int &high) {
    if (low > high) {
        const int kept = low;
        low = high;
        high = kept;
    }
}

void sort_three(int values[3], int &median) {
    int a = values[0], b = values[1], c = values[2];
    order(a, b);
    order(b, c);
    order(a, b);
    values[0] = a;
    values[1] = b;
    values[2] = c;
    median = b;
}
