#include <cstdlib>
void spmv_crs(const int value[40], const unsigned char column[40], const unsigned char begin[11], const int x[10], int y[10]);

int main() {
    int dense[10][10] = {}, value[40] = {}, x[10], y[10], count = 0, wrong = 0;
    unsigned char column[40] = {}, begin[11];
    for (int r = 0; r < 10; r++) {
        begin[r] = count;
        for (int c = 0; c < 10; c++)
            if (r != 4 && std::rand() % 3 == 0 && count < 40)
                column[count] = c, value[count++] = dense[r][c] = std::rand() % 200 - 100;
        x[r] = std::rand() % 200 - 100;
    }
    begin[10] = count;
    spmv_crs(value, column, begin, x, y);
    for (int r = 0; r < 10; r++) {
        for (int c = 0; c < 10; c++) y[r] -= dense[r][c] * x[c];
        wrong += y[r] != 0;
    }
    return wrong;
}
