int find_first(const int data[32], int key);

int main() {
    int data[32], wrong = 0;
    for (int i = 0; i < 32; i++) data[i] = (i * 7) % 32;
    for (int place = 0; place < 32; place += 5) wrong += find_first(data, (place * 7) % 32) != place;
    return wrong + (find_first(data, 99) != -1);
}
