// hls::stream for synthesis: every access is a call that the HLS engine turns into a handshake.
//
// SPDX-License-Identifier: Apache-2.0
//
// A value goes over in words of 64 bits, all of the same beat; word 0 of a read takes the beat.
#ifndef AP_DETAIL_STREAM_PORTS_H
#define AP_DETAIL_STREAM_PORTS_H

extern "C" unsigned long long siliwright_read(void *stream, int word, int words);
extern "C" void siliwright_write(void *stream, int word, int words, unsigned long long value);
extern "C" bool siliwright_empty(const void *stream);
extern "C" bool siliwright_full(const void *stream);

namespace hls {

template <class T, int Depth = 0> class stream;

template <class T> class stream<T, 0> {
 public:
  stream() = default;
  constexpr explicit stream(const char *) : place_() {}
  stream(const stream &) = delete;
  stream &operator=(const stream &) = delete;

  bool empty() const { return siliwright_empty(this); }
  bool full() const { return siliwright_full(this); }

  T read() {
    unsigned long long words[count];
#pragma clang loop unroll(full)
    for (int i = 0; i < count; ++i) words[i] = siliwright_read(this, i, count);
    T value;
    __builtin_memcpy(&value, words, sizeof(T));
    return value;
  }
  void read(T &value) { value = read(); }
  bool read_nb(T &value) {
    if (empty()) return false;
    value = read();
    return true;
  }

  void write(const T &value) {
    unsigned long long words[count] = {};
    __builtin_memcpy(words, &value, sizeof(T));
#pragma clang loop unroll(full)
    for (int i = 0; i < count; ++i) siliwright_write(this, i, count, words[i]);
  }
  bool write_nb(const T &value) {
    if (full()) return false;
    write(value);
    return true;
  }

  void operator>>(T &value) { read(value); }
  void operator<<(const T &value) { write(value); }

 private:
  static constexpr int count = (sizeof(T) + 7) / 8;
  char place_;
};

template <class T, int Depth> class stream : public stream<T, 0> {
 public:
  using stream<T, 0>::stream;
};

}  // namespace hls

#endif
