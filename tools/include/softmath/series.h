// The series of sines and cosines, circular and hyperbolic.
//
// SPDX-License-Identifier: Apache-2.0
#ifndef SOFTMATH_SERIES_H
#define SOFTMATH_SERIES_H

#include "words.h"

namespace softmath {

/// 1/(2k+1)! and 1/(2k)!, from k = 1 on, in units of 2^-64.
constexpr uint64_t odd_factorials[] = {
    0x2AAAAAAAAAAAAAAB, 0x0222222222222222, 0x000D00D00D00D00D, 0x00002E3BC74AAD8E,
    0x0000006B99159FD5, 0x00000000B092309D, 0x0000000000D73F9F, 0x000000000000CA96,
    0x0000000000000098,
};
constexpr uint64_t even_factorials[] = {
    0x8000000000000000, 0x0AAAAAAAAAAAAAAB, 0x005B05B05B05B05B, 0x0001A01A01A01A02,
    0x0000049F93EDDE28, 0x00000008F76C77FC, 0x000000000C9CBA54, 0x00000000000D73FA,
    0x0000000000000B41, 0x0000000000000008,
};

/// How many terms a word's bits take, for arguments below 1.
template <class W> constexpr int odd_terms = sizeof(W) == 4 ? 5 : 9;
template <class W> constexpr int even_terms = sizeof(W) == 4 ? 6 : 10;

}  // namespace softmath

#endif
