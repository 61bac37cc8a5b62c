// hls::vector<T, N>: N elements that are worked on at once. Written from AMD's public documentation
// (UG1399, "HLS Vector Library").
//
// SPDX-License-Identifier: Apache-2.0
//
// An operation of two vectors, or of a vector and a number, is that of each element; the loops over
// the elements are unrolled, as all loops of headers are. Unlike Vitis's, a vector has no padding
// behind its elements.
#ifndef HLS_VECTOR_H
#define HLS_VECTOR_H

#include <stddef.h>

namespace hls {

template <class T, size_t N> class vector {
    static_assert(N > 0, "a vector has one element at least");
    T data_[N];

 public:
    using value_type = T;
    static constexpr size_t size() { return N; }

    vector() = default;
    /// The same number in every element.
    vector(const T &value) {
        for (size_t i = 0; i < N; i++) data_[i] = value;
    }
    /// The elements in their order; those that are not there are T().
    template <class... Rest>
    vector(const T &first, const T &second, const Rest &...rest) : data_{first, second, T(rest)...} {
        static_assert(sizeof...(Rest) + 2 <= N, "more numbers than the vector has elements");
    }

    T &operator[](size_t i) { return data_[i]; }
    const T &operator[](size_t i) const { return data_[i]; }
    T *begin() { return data_; }
    T *end() { return data_ + N; }
    const T *begin() const { return data_; }
    const T *end() const { return data_ + N; }

#define HLS_VECTOR_OPERATOR(op)                                                                    \
    vector &operator op##=(const vector &other) {                                                  \
        for (size_t i = 0; i < N; i++) data_[i] = T(data_[i] op other.data_[i]);                   \
        return *this;                                                                              \
    }                                                                                              \
    friend vector operator op(vector a, const vector &b) { return a op##= b; }
    HLS_VECTOR_OPERATOR(+)
    HLS_VECTOR_OPERATOR(-)
    HLS_VECTOR_OPERATOR(*)
    HLS_VECTOR_OPERATOR(/)
    HLS_VECTOR_OPERATOR(%)
    HLS_VECTOR_OPERATOR(&)
    HLS_VECTOR_OPERATOR(|)
    HLS_VECTOR_OPERATOR(^)
    HLS_VECTOR_OPERATOR(<<)
    HLS_VECTOR_OPERATOR(>>)
#undef HLS_VECTOR_OPERATOR

#define HLS_VECTOR_UNARY(op)                                                                       \
    friend vector operator op(vector a) {                                                          \
        for (size_t i = 0; i < N; i++) a.data_[i] = T(op a.data_[i]);                              \
        return a;                                                                                  \
    }
    HLS_VECTOR_UNARY(+)
    HLS_VECTOR_UNARY(-)
    HLS_VECTOR_UNARY(~)
    HLS_VECTOR_UNARY(!)
#undef HLS_VECTOR_UNARY

    vector &operator++() { return *this += vector(T(1)); }
    vector &operator--() { return *this -= vector(T(1)); }
    vector operator++(int) {
        vector before = *this;
        ++*this;
        return before;
    }
    vector operator--(int) {
        vector before = *this;
        --*this;
        return before;
    }

    friend bool operator==(const vector &a, const vector &b) {
        bool same = true;
        for (size_t i = 0; i < N; i++) same &= a.data_[i] == b.data_[i];
        return same;
    }
    /// By the first elements that differ.
    friend bool operator<(const vector &a, const vector &b) {
        bool less = false;
        for (size_t i = N; i > 0; i--)
            less = a.data_[i - 1] < b.data_[i - 1] || (!(b.data_[i - 1] < a.data_[i - 1]) && less);
        return less;
    }
    friend bool operator!=(const vector &a, const vector &b) { return !(a == b); }
    friend bool operator>(const vector &a, const vector &b) { return b < a; }
    friend bool operator<=(const vector &a, const vector &b) { return !(b < a); }
    friend bool operator>=(const vector &a, const vector &b) { return !(a < b); }

    T reduce_add() const { return folded([](T a, T b) { return T(a + b); }); }
    T reduce_mult() const { return folded([](T a, T b) { return T(a * b); }); }
    T reduce_and() const { return folded([](T a, T b) { return T(a & b); }); }
    T reduce_or() const { return folded([](T a, T b) { return T(a | b); }); }
    T reduce_xor() const { return folded([](T a, T b) { return T(a ^ b); }); }

 private:
    /// All elements by one operation, as a balanced tree.
    template <class Fold> T folded(Fold fold) const {
        T sums[N];
        for (size_t i = 0; i < N; i++) sums[i] = data_[i];
        for (size_t apart = 1; apart < N; apart *= 2) {
            for (size_t i = 0; i + apart < N; i += 2 * apart) sums[i] = fold(sums[i], sums[i + apart]);
        }
        return sums[0];
    }
};

}  // namespace hls

#endif
