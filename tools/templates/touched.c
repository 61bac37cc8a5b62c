/* Finds how much memory a call uses behind pointers of unknown extent, and what was there before.

   The kernel is compiled with the calls that the thread sanitizer has at every access; these
   functions are what they call. An access belongs to the watched pointer that is nearest below. */
#include <stdlib.h>
#include <string.h>

void *__real_memcpy(void *to, const void *from, size_t bytes);
void *__real_memmove(void *to, const void *from, size_t bytes);
void *__real_memset(void *to, int value, size_t bytes);

#define FARTHEST (1ul << 28)
#define MOST 64

typedef struct {
  const unsigned char *base;
  unsigned long extent, room;
  unsigned char *old, *is_old; /* what a byte was before the first write, where one was */
} Watch;

static Watch watches[MOST];
static int count;

void siliwright_watch(const void *base) {
  if (count == MOST) abort();
  watches[count].base = (const unsigned char *)base;
  watches[count++].extent = 0;
}

/* What was at the pointer before the call, and how many bytes of it were used. */
const void *siliwright_before(int number, unsigned long *bytes) {
  Watch *watch = &watches[number];
  for (unsigned long i = 0; i < watch->extent; i++)
    if (!watch->is_old[i]) watch->old[i] = watch->base[i];
  *bytes = watch->extent;
  return watch->old;
}

void siliwright_forget(void) {
  for (int i = 0; i < count; i++)
    if (watches[i].room) __real_memset(watches[i].is_old, 0, watches[i].room);
  count = 0;
}

static void grow(Watch *watch, unsigned long bytes) {
  unsigned long room = 2 * bytes + 4096;
  watch->old = realloc(watch->old, room);
  watch->is_old = realloc(watch->is_old, room);
  if (!watch->old || !watch->is_old) abort();
  __real_memset(watch->is_old + watch->room, 0, room - watch->room);
  watch->room = room;
}

static void touch(const void *at, unsigned long bytes, int writes) {
  const unsigned char *place = (const unsigned char *)at, *base = 0;
  for (int i = 0; i < count; i++)
    if (watches[i].base <= place && watches[i].base > base) base = watches[i].base;
  if (!base || (unsigned long)(place - base) > FARTHEST || !bytes) return;
  unsigned long first = place - base, end = first + bytes;
  for (int i = 0; i < count; i++) {
    Watch *watch = &watches[i];
    if (watch->base != base) continue;
    if (end > watch->room) grow(watch, end);
    if (end > watch->extent) watch->extent = end;
    for (unsigned long j = first; writes && j < end; j++)
      if (!watch->is_old[j]) watch->is_old[j] = 1, watch->old[j] = base[j];
  }
}

#define ACCESS(size)                                                          \
  void __tsan_read##size(void *at) { touch(at, size, 0); }                    \
  void __tsan_write##size(void *at) { touch(at, size, 1); }                   \
  void __tsan_unaligned_read##size(void *at) { touch(at, size, 0); }          \
  void __tsan_unaligned_write##size(void *at) { touch(at, size, 1); }
ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)

void __tsan_init(void) {}
void __tsan_func_entry(void *from) { (void)from; }
void __tsan_func_exit(void) {}
void __tsan_read_range(void *at, unsigned long bytes) { touch(at, bytes, 0); }
void __tsan_write_range(void *at, unsigned long bytes) { touch(at, bytes, 1); }
unsigned char __tsan_atomic8_load(const volatile unsigned char *at, int order) {
  (void)order;
  return *at;
}

void *__wrap_memcpy(void *to, const void *from, size_t bytes) {
  touch(from, bytes, 0);
  touch(to, bytes, 1);
  return __real_memcpy(to, from, bytes);
}

void *__wrap_memmove(void *to, const void *from, size_t bytes) {
  touch(from, bytes, 0);
  touch(to, bytes, 1);
  return __real_memmove(to, from, bytes);
}

void *__wrap_memset(void *to, int value, size_t bytes) {
  touch(to, bytes, 1);
  return __real_memset(to, value, bytes);
}

void *__tsan_memcpy(void *to, const void *from, size_t bytes) { return __wrap_memcpy(to, from, bytes); }
void *__tsan_memmove(void *to, const void *from, size_t bytes) { return __wrap_memmove(to, from, bytes); }
void *__tsan_memset(void *to, int value, size_t bytes) { return __wrap_memset(to, value, bytes); }
