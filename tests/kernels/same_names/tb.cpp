int same_names(int x);

int main() {
    int ones = 10, twos = 2000, first = 7, second = 7, low = 5, high = 500, wrong = 0;
    for (int x = -20; x < 20; x++) {
        ones += x & 1, twos += x & 2, first += x, second += 2 * x;
        low += (x & 3) + 1, high -= 100 * ((x & 3) + 1);
        wrong += same_names(x) != (ones + first) * 3 + twos - second + low + high * 7;
    }
    return wrong != 0;
}
