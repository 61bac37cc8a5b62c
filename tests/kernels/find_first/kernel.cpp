// The place of the first element that equals a key, or -1: a loop left by `break`.
int find_first(const int data[32], int key) {
    int found = -1;
scan:
    for (int i = 0; i < 32; i++) {
        if (data[i] == key) {
            found = i;
            break;
        }
    }
    return found;
}
