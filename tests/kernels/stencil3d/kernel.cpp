// Seven points in three dimensions; the border is copied.
void stencil3d(const int in[5][4][6], int out[5][4][6]) {
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 4; j++)
            for (int k = 0; k < 6; k++) {
                const bool inside = i > 0 && i < 4 && j > 0 && j < 3 && k > 0 && k < 5;
                if (inside)
                    out[i][j][k] = 6 * in[i][j][k] - in[i - 1][j][k] - in[i + 1][j][k] - in[i][j - 1][k] -
                                   in[i][j + 1][k] - in[i][j][k - 1] - in[i][j][k + 1];
                else
                    out[i][j][k] = in[i][j][k];
            }
}
