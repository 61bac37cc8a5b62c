// Pointers to memory whose size nobody says: rows of a matrix times a vector, n by n.
#include <cstring>
const int MOST = 16;

extern "C" void axi_unsized(const short *matrix, const short *vector, int *product, int n) {
#pragma HLS INTERFACE m_axi port=matrix offset=slave bundle=gmem0
#pragma HLS INTERFACE m_axi port=vector offset=slave bundle=gmem1
#pragma HLS INTERFACE m_axi port=product offset=slave bundle=gmem1
#pragma HLS INTERFACE s_axilite port=n
#pragma HLS INTERFACE s_axilite port=return
    short kept[MOST];
    std::memcpy(kept, vector, sizeof kept);
    for (int r = 0; r < n; r++) {
        int sum = product[r];
        for (int c = 0; c < n; c++) sum += matrix[r * n + c] * kept[c];
        product[r] = sum;
    }
}
