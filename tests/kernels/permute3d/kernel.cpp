// An array of three dimensions, read in another order than it is written.
void permute3d(const short in[4][3][5], short out[5][4][3]) {
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 5; k++) out[k][i][j] = in[i][j][k] + k;
}
