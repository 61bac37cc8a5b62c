#pragma once
#include "hls_stream.h"
#include <cstdint>

enum class Code : uint8_t { add, take, keep };

struct Step {
    Code code;
    uint8_t a : 4, b : 3;
    int16_t near : 5, far : 11;
    uint32_t flag : 1;
    uint32_t word : 30;
};

struct Pair {
    uint8_t low : 3, high : 5;
    int8_t rest;
};

int packed_fields(Step steps[12], hls::stream<Pair> &in, hls::stream<Pair> &out, Pair one, Pair &last);
