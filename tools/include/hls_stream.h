// hls::stream<T>: a first-in first-out channel with the C simulation semantics of Vitis HLS.
// Written from AMD's public documentation (UG1399, "HLS Stream Library").
//
// SPDX-License-Identifier: Apache-2.0
//
// As in C simulation with Vitis HLS, a stream is as deep as its contents: a write never blocks and
// `full` is never true, whatever the depth. Reading an empty stream would wait for ever in
// hardware; here it ends the program with a message and status 3. A stream that still has data when
// it goes away says so on the error output.
#ifndef HLS_STREAM_H
#define HLS_STREAM_H

#ifdef SILIWRIGHT_HLS
#include "ap_detail/stream_ports.h"
#else

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

namespace hls {
namespace detail {

/// Marks the placement new below as ours: <new> is not needed.
struct At {
  void *place;
};

}  // namespace detail
}  // namespace hls

inline void *operator new(size_t, hls::detail::At at) noexcept { return at.place; }
inline void operator delete(void *, hls::detail::At) noexcept {}

namespace hls {

template <class T, int Depth = 0> class stream;

/// A stream of T; a function takes it by reference.
template <class T> class stream<T, 0> {
 public:
  stream() = default;
  explicit stream(const char *name) { set_name(name); }
  stream(const stream &) = delete;
  stream &operator=(const stream &) = delete;

  ~stream() {
    if (used_) fprintf(stderr, "WARNING: stream %s still has %zu values.\n", name(), used_);
    for (; used_; drop()) {}
    free(slots_);
  }

  bool empty() const { return used_ == 0; }
  bool full() const { return false; }
  size_t size() const { return used_; }
  void set_name(const char *name) { snprintf(name_, sizeof name_, "%s", name); }
  const char *name() const { return name_; }

  void write(const T &value) {
    if (used_ == room_) grow();
    new (detail::At{slots_ + (first_ + used_) % room_}) T(value);
    ++used_;
  }

  T read() {
    if (empty()) stop_empty();
    T value(slots_[first_]);
    drop();
    return value;
  }
  void read(T &value) { value = read(); }

  /// False, and `value` unchanged, if there is nothing to read.
  bool read_nb(T &value) {
    if (empty()) return false;
    value = read();
    return true;
  }
  bool write_nb(const T &value) {
    write(value);
    return true;
  }

  void operator>>(T &value) { read(value); }
  void operator<<(const T &value) { write(value); }

 private:
  void drop() {
    slots_[first_].~T();
    first_ = (first_ + 1) % room_;
    --used_;
  }

  void grow() {
    const size_t room = room_ ? 2 * room_ : 16;
    T *const slots = static_cast<T *>(malloc(room * sizeof(T)));
    if (!slots) {
      fprintf(stderr, "ERROR: no memory for stream %s with %zu values.\n", name(), room);
      exit(3);
    }
    const size_t used = used_;
    for (size_t i = 0; i < used; ++i, drop()) new (detail::At{slots + i}) T(slots_[first_]);
    free(slots_);
    slots_ = slots, room_ = room, first_ = 0, used_ = used;
  }

  [[noreturn]] void stop_empty() const {
    fflush(stdout);
    fprintf(stderr,
            "ERROR: stream %s is read while it is empty: hardware would wait for ever. "
            "Write to it first, or use read_nb or empty().\n",
            name());
    exit(3);
  }

  char name_[64] = "(unnamed)";
  T *slots_ = nullptr;
  size_t room_ = 0, first_ = 0, used_ = 0;
};

/// A stream with the depth of its FIFO in hardware, which C simulation does not limit.
template <class T, int Depth> class stream : public stream<T, 0> {
 public:
  using stream<T, 0>::stream;
  stream() = default;
  static constexpr int depth = Depth;
};

}  // namespace hls

#endif

#endif
