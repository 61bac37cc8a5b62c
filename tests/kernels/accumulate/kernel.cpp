// A scalar that is read and written, and a result that is written only sometimes.
void accumulate(int value, int &total, int &peak) {
    total += value;
    if (total > peak) peak = total;
}
