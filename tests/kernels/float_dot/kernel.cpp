// A dot product of single precision.
#define N 16

float float_dot(const float a[N], const float b[N]) {
    float sum = 0;
products:
    for (int i = 0; i < N; i++) sum += a[i] * b[i];
    return sum;
}
