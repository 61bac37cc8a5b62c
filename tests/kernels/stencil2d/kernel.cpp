// A filter of 3 x 3 over an image, its taps given.
void stencil2d(const int in[8][8], const int taps[9], int out[6][6]) {
rows:
    for (int r = 0; r < 6; r++)
    columns:
        for (int c = 0; c < 6; c++) {
            int sum = 0;
            for (int i = 0; i < 3; i++)
                for (int j = 0; j < 3; j++) sum += taps[3 * i + j] * in[r + i][c + j];
            out[r][c] = sum;
        }
}
