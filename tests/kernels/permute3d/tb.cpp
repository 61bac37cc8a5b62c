void permute3d(const short in[4][3][5], short out[5][4][3]);

int main() {
    short in[4][3][5], out[5][4][3];
    int wrong = 0;
    for (int n = 0; n < 60; n++) (&in[0][0][0])[n] = 31 * n;
    permute3d(in, out);
    for (int n = 0; n < 60; n++) wrong += out[n % 5][n / 15][n / 5 % 3] != 31 * n + n % 5;
    return wrong;
}
