/* Writes what a function is called with to a file: read by the first lines of every source. */
#ifndef SILIWRIGHT_CAPTURE_H
#define SILIWRIGHT_CAPTURE_H
#include <stdio.h>
#ifdef __cplusplus
#define SILIWRIGHT_UNUSED [[maybe_unused]]
#else
#define SILIWRIGHT_UNUSED __attribute__((unused))
#endif

SILIWRIGHT_UNUSED static FILE *siliwright_file;
SILIWRIGHT_UNUSED static unsigned long siliwright_calls;

/* Records are: the parameter's number, 0 before and 1 after the call, the bytes of an element, the
   bytes in all, and these. */
SILIWRIGHT_UNUSED static void siliwright_head(int number, int after, unsigned long element,
                                              unsigned long bytes) {
  unsigned long head[4] = {(unsigned long)(long)number, (unsigned long)after, element, bytes};
  if (!siliwright_file) siliwright_file = fopen("calls.bin", "wb");
  fwrite(head, sizeof head, 1, siliwright_file);
}

SILIWRIGHT_UNUSED static void siliwright_put(int number, int after, const void *data,
                                             unsigned long element, unsigned long bytes) {
  if (siliwright_calls > SILIWRIGHT_MOST) return;
  siliwright_head(number, after, element, bytes);
  fwrite(data, 1, bytes, siliwright_file);
  if (after) fflush(siliwright_file);
}

#ifdef __cplusplus
extern "C" {
#endif
void siliwright_watch(const void *base);
const void *siliwright_before(int number, unsigned long *bytes);
void siliwright_forget(void);
#ifdef __cplusplus
}
#endif

/* What a call has used behind the pointer that was watched as number `watched`. */
SILIWRIGHT_UNUSED static void siliwright_used(int number, int watched, const void *data,
                                              unsigned long element) {
  unsigned long bytes;
  const void *before = siliwright_before(watched, &bytes);
  bytes = bytes / element * element; /* the rest belongs to something else */
  siliwright_put(number, 0, before, element, bytes);
  siliwright_put(number, 1, data, element, bytes);
}

#ifdef __cplusplus
/* A stream's contents, which stay in it. */
template <class S> static void siliwright_stream(int number, int after, S &stream) {
  if (siliwright_calls > SILIWRIGHT_MOST) return;
  const unsigned long count = stream.size();
  siliwright_head(number, after, sizeof(stream.read()), count * sizeof(stream.read()));
  for (unsigned long i = 0; i < count; i++) {
    auto value = stream.read();
    fwrite(&value, sizeof value, 1, siliwright_file);
    stream.write(value);
  }
  fflush(siliwright_file);
}
#endif
#endif
