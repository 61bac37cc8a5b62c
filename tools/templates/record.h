// What a C simulation records: the values of variables, and how often code is reached.
// A call that the compiler evaluates records nothing.
#include <stdio.h>
#include <type_traits>

namespace siliwright {
const int MOST = 4096;
struct Range {
    long double low, high;
    unsigned long long count;
    int bits;
    bool is_signed, whole, chosen; // chosen: its width is an argument of its type
};
inline Range ranges[MOST];
inline unsigned long long counts[MOST][2];

// How to read a number: C's own, ap_int and ap_fixed; others are passed over.
template <class T, class = void> struct Number {
    static constexpr bool known = false;
};
template <class T> struct Number<T, typename std::enable_if<std::is_arithmetic<T>::value>::type> {
    static constexpr bool known = true, whole = std::is_integral<T>::value;
    static constexpr bool is_signed = std::is_signed<T>::value;
    static constexpr int bits = std::is_same<T, bool>::value ? 1 : 8 * sizeof(T);
    static long double value(T v) { return v; }
};
template <class T> struct Whole {
    template <class U> static char test(int (*)[U::iwidth + 1024]);
    template <class U> static long test(...);
    static constexpr bool value = sizeof(test<T>(nullptr)) != sizeof(char);
};
template <class T> struct Number<T, decltype(void(T::sign_flag), void(T().to_double()))> {
    static constexpr bool known = true, whole = Whole<T>::value, is_signed = T::sign_flag;
    static constexpr int bits = T::width;
    static long double value(const T &v) {
        if (!whole || bits > 64) return v.to_double();
        return is_signed ? (long double)v.to_int64() : (long double)v.to_uint64();
    }
};

inline void note(int place, long double value, int bits, bool is_signed, bool whole, bool chosen) {
    Range &range = ranges[place];
    if (!range.count || value < range.low) range.low = value;
    if (!range.count || value > range.high) range.high = value;
    range.count++;
    range.bits = bits;
    range.is_signed = is_signed;
    range.whole = whole;
    range.chosen = chosen;
}
template <class T> constexpr void seen(int place, const T &value) {
    if (__builtin_is_constant_evaluated()) return;
    typedef Number<typename std::remove_cv<T>::type> N;
    if constexpr (std::is_array<T>::value)
        for (const auto &element : value) seen(place, element);
    else if constexpr (N::known)
        note(place, N::value(value), N::bits, N::is_signed, N::whole, std::is_class<T>::value);
}
template <class T> constexpr void once(int place, const T &value) {
    if (!__builtin_is_constant_evaluated() && !ranges[place].count) seen(place, value);
}
template <class T> constexpr T &after(int place, T &value) {
    seen(place, value);
    return value;
}
template <class T> constexpr T before(int place, T old, int step) {
    T value = old;
    if (step > 0) ++value;
    else --value;
    seen(place, value);
    return old;
}
constexpr void line(int place) {
    if (!__builtin_is_constant_evaluated()) counts[place][1]++;
}
constexpr bool taken(int place, bool value) {
    if (!__builtin_is_constant_evaluated()) counts[place][value]++;
    return value;
}

inline void write(const char *name) {
    FILE *file = fopen(name, "w");
    if (!file) return;
    for (int i = 0; i < MOST; i++) {
        const Range &r = ranges[i];
        if (r.count)
            fprintf(file, "range %d %.21Lg %.21Lg %llu %d %d %d %d\n", i, r.low, r.high, r.count, r.bits,
                    int(r.is_signed), int(r.whole), int(r.chosen));
        if (counts[i][0] || counts[i][1])
            fprintf(file, "count %d %llu %llu\n", i, counts[i][0], counts[i][1]);
    }
    fclose(file);
}
}  // namespace siliwright
