// A product of matrices in memory, by tiles in local arrays; two bundles.
#include <cstdint>
const int N = 8, T = 4;

void axi_gemm(const int16_t a[N * N], const int16_t b[N * N], int32_t c[N * N]) {
#pragma HLS INTERFACE m_axi port=a offset=slave bundle=gmem0
#pragma HLS INTERFACE m_axi port=b offset=slave bundle=gmem0
#pragma HLS INTERFACE m_axi port=c offset=slave bundle=gmem1
#pragma HLS INTERFACE s_axilite port=a bundle=control
#pragma HLS INTERFACE s_axilite port=b bundle=control
#pragma HLS INTERFACE s_axilite port=c bundle=control
#pragma HLS INTERFACE s_axilite port=return bundle=control
    int16_t left[T][N], right[N][T];
#pragma HLS ARRAY_PARTITION variable=left complete dim=2
#pragma HLS ARRAY_PARTITION variable=right complete dim=1
    for (int row = 0; row < N; row += T) {
    load_a:
        for (int i = 0; i < T; i++)
            for (int k = 0; k < N; k++) left[i][k] = a[(row + i) * N + k];
        for (int column = 0; column < N; column += T) {
        load_b:
            for (int k = 0; k < N; k++)
                for (int j = 0; j < T; j++) right[k][j] = b[k * N + column + j];
        product:
            for (int i = 0; i < T; i++) {
                for (int j = 0; j < T; j++) {
#pragma HLS PIPELINE II=1
                    int32_t sum = 0;
                    for (int k = 0; k < N; k++) sum += left[i][k] * right[k][j];
                    c[(row + i) * N + column + j] = sum;
                }
            }
        }
    }
}
