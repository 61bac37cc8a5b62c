// CHStone's dfdiv in spirit.
#define N 6

void double_div64(const double a[N], const double b[N], double quotient[N]) {
pairs:
    for (int i = 0; i < N; i++) quotient[i] = a[i] / b[i];
}
