// A shift register whose stages can be read: ap_shift_reg<T, N>, as in Vitis.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef AP_SHIFT_REG_H
#define AP_SHIFT_REG_H

template <class T, unsigned N = 32> class ap_shift_reg {
public:
    ap_shift_reg() {}
    explicit ap_shift_reg(const char *) {}

    T read(unsigned stage = N - 1) const { return stages_[stage]; }

    // The stage as it was; with `enable` all move on by one, and `value` is in the first.
    T shift(T value, unsigned stage = N - 1, bool enable = true) {
        const T before = stages_[stage];
        if (enable) {
            for (unsigned i = N - 1; i > 0; i--) {
                stages_[i] = stages_[i - 1];
            }
            stages_[0] = value;
        }
        return before;
    }

private:
    T stages_[N];
};

#endif
