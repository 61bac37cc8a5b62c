#include <ap_fixed.h>

#include <cstdio>

typedef ap_fixed<16, 8> Number;
void df_sparse(const int starts[7], const short columns[16], const Number values[16],
               const Number dense[6][4], Number product[6][4], int rows);

int main() {
    const int starts[7] = {0, 2, 2, 5, 9, 12, 16};
    const short columns[16] = {0, 3, 1, 2, 5, 0, 1, 2, 4, 3, 4, 5, 0, 2, 3, 5};
    for (int call = 0; call < 3; ++call) {
        Number values[16], dense[6][4], product[6][4];
        for (int k = 0; k < 16; ++k) values[k] = (k - 7 + call) * 0.25;
        for (int i = 0; i < 24; ++i) dense[i / 4][i % 4] = ((i * 5 + call) % 13 - 6) * 0.5;
        df_sparse(starts, columns, values, dense, product, 6);
        for (int r = 0; r < 6; ++r)
            for (int j = 0; j < 4; ++j) {
                double sum = 0;  // exact: products have three bits behind the point
                for (int k = starts[r]; k < starts[r + 1]; ++k)
                    sum += values[k].to_double() * dense[columns[k]][j].to_double();
                if (product[r][j].to_double() != sum) return std::printf("row %d, %d\n", r, j);
            }
    }
    return 0;
}
