// Kept functions that call kept functions: a sort by rows and columns of a 8 by 8 matrix, whose
// comparisons are one module for all that sort. Scalars come back by reference, too.
static void exchange(int *array, int i, int j, int &moves) {
#pragma HLS INLINE off
    int a = array[i], b = array[j];
    if (a > b) {
        array[i] = b;
        array[j] = a;
        moves++;
    }
}

static int sort(int *array, int first, int step) {
#pragma HLS INLINE off
    int moves = 0;
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 7 - i; j++)
            exchange(array, first + j * step, first + (j + 1) * step, moves);
    return moves;
}

int kept_nested(int matrix[64], int scratch[8]) {
    int own[64], moves = 0;
    for (int i = 0; i < 64; i++) own[i] = matrix[i] * 5 & 1023;
    for (int row = 0; row < 8; row++) moves += sort(matrix, row * 8, 1);
    for (int column = 0; column < 8; column++) moves += sort(matrix, column, 8);
    moves += sort(own, 3, 4);
    for (int i = 0; i < 8; i++) scratch[i] = own[3 + i * 4];
    exchange(matrix, 7, 0, moves);
    return moves;
}
