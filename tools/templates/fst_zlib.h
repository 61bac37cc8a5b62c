// The functions of zlib that Verilator's FST writer calls. The writer keeps the smaller of the
// two, the data and what these return, and so the data as it is.
#pragma once

typedef unsigned long uLong;
typedef uLong uLongf;
typedef unsigned char Bytef;
const int Z_OK = 0;
inline uLong compressBound(uLong size) { return size + 1; }
inline int compress2(Bytef *, uLongf *, const Bytef *, uLong, int) { return Z_OK; }
