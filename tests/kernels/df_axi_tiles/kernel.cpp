// Rows of a matrix go by arrays from the task that loads to the one that sorts them by size and on
// to the one that stores; it returns how often two changed places.
const int ROWS = 6, COLUMNS = 8;

static void load(const short *from, short tile[ROWS][COLUMNS]) {
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++) tile[r][c] = from[r * COLUMNS + c];
}

static int sort(short tile[ROWS][COLUMNS], short sorted[ROWS][COLUMNS]) {
    int swaps = 0;
    for (int r = 0; r < ROWS; r++) {
        short row[COLUMNS];
        for (int c = 0; c < COLUMNS; c++) row[c] = tile[r][c];
        for (int last = COLUMNS - 1; last > 0; last--)
            for (int c = 0; c < last; c++)
                if (row[c] > row[c + 1]) {
                    short held = row[c];
                    row[c] = row[c + 1];
                    row[c + 1] = held;
                    swaps++;
                }
        for (int c = 0; c < COLUMNS; c++) sorted[r][c] = row[c];
    }
    return swaps;
}

static void store(short sorted[ROWS][COLUMNS], short *to) {
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++) to[r * COLUMNS + c] = sorted[r][c];
}

int df_axi_tiles(const short *from, short *to) {
#pragma HLS INTERFACE m_axi port=from offset=slave depth=48
#pragma HLS INTERFACE m_axi port=to offset=slave depth=48
#pragma HLS DATAFLOW
    short tile[ROWS][COLUMNS], sorted[ROWS][COLUMNS];
    load(from, tile);
    int swaps = sort(tile, sorted);
    store(sorted, to);
    return swaps;
}
