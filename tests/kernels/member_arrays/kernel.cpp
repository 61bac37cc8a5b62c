// Arrays that are members, with pragmas in the constructor and in a method of their class.
template <int ROWS, int COLUMNS> class Lines {
  public:
    Lines() {
#pragma HLS ARRAY_PARTITION variable=val complete dim=1
    }
    void push(int column, int newest) {
        for (int r = 0; r < ROWS - 1; r++) val[r][column] = val[r + 1][column];
        val[ROWS - 1][column] = newest;
    }
    int at(int row, int column) const { return val[row][column]; }

  private:
    int val[ROWS][COLUMNS];
};

struct Table {
    int val[32];
    int sums[32];
    void clear() {
#pragma HLS ARRAY_PARTITION variable=val cyclic factor=2
#pragma HLS BIND_STORAGE variable=sums type=ram_2p impl=lutram
        for (int i = 0; i < 32; i++) val[i] = sums[i] = 0;
    }
    void add(int place, int amount) {
        val[place] += amount;
        sums[31 - place] += amount + 1;
    }
};

void member_arrays(const int in[16][20], int out[16][20], int counts[32]) {
    Lines<4, 20> lines;
    Table table;
    table.clear();
    for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 20; x++) {
#pragma HLS PIPELINE II=1
            const int pixel = in[y][x];
            const int column = lines.at(0, x) + lines.at(1, x) + lines.at(2, x) + lines.at(3, x);
            out[y][x] = y < 4 ? pixel : pixel + column;
            lines.push(x, pixel);
        }
    }
    for (int i = 0; i < 64; i++) table.add(in[i / 20][i % 20] & 31, i);
    for (int i = 0; i < 32; i += 2) {
        counts[i] = table.val[i] + table.sums[i];
        counts[i + 1] = table.val[i + 1] - table.sums[i + 1];
    }
}
