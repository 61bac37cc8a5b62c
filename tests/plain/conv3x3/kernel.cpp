// Convolution 3 x 3 of 8 channels to 8, 16 x 16 pixels, without a border.
#include <cstdint>
void conv3x3(const int8_t x[8][16][16], const int8_t w[8][8][3][3], int32_t y[8][14][14]) {
    for (int o = 0; o < 8; o++)
        for (int r = 0; r < 14; r++)
            for (int c = 0; c < 14; c++) {
                int32_t sum = 0;
                for (int i = 0; i < 8; i++)
                    for (int dr = 0; dr < 3; dr++)
                        for (int dc = 0; dc < 3; dc++) sum += x[i][r + dr][c + dc] * w[o][i][dr][dc];
                y[o][r][c] = sum;
            }
}
