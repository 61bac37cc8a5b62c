#include <vector>
extern "C" void axi_unsized(const short *matrix, const short *vector, int *product, int n);

int main() {
    int wrong = 0;
    for (int n : {5, 16, 1}) {
        std::vector<short> matrix(n * n), vector(16);
        std::vector<int> product(n + 3, 7), want(n + 3, 7);
        for (int i = 0; i < n * n; i++) matrix[i] = i * 37 - 400;
        for (int i = 0; i < 16; i++) vector[i] = 90 - i * 11;
        for (int i = 0; i < n * n; i++) want[i / n] += matrix[i] * vector[i % n];
        axi_unsized(matrix.data(), vector.data(), product.data(), n);
        wrong += product != want;
    }
    return wrong;
}
