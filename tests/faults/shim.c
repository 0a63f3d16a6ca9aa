/* Loaded in front of the C library: counts, logs, fails or dies at the calls by which a file is written.
 *
 * Only files whose path holds the text given to fi_watch are looked at. All is set while the process runs:
 *   fi_watch(text)           which files; NULL for none
 *   fi_log(path)             write every call into this file from now on; NULL to stop
 *   fi_arm(n, error, sticky) the n-th call from now fails with this errno (and all later ones if sticky);
 *                            an error below 0 kills the process there; n 0 disarms
 *   fi_count()               calls since the last fi_arm
 * A log entry: kind, length of path (4), offset (8), length of data (8), path, data. Kinds: C made, T cut to
 * a length, W written, S synced, U deleted, A said to be saved (what is written to a file called ACK).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 4096
static char *paths[FILES];
static char *match = NULL;
static int log_fd = -1, error_now = EIO, sticky_now = 0;
static long armed = 0, calls = 0;

static ssize_t real_write(int fd, const void *data, size_t n) {
  static ssize_t (*go)(int, const void *, size_t);
  if (!go) go = dlsym(RTLD_NEXT, "write");
  return go(fd, data, n);
}

void fi_watch(const char *text) { free(match); match = text ? strdup(text) : NULL; }
void fi_arm(long n, int error, int sticky) { armed = n; error_now = error; sticky_now = sticky; calls = 0; }
long fi_count(void) { return calls; }
void fi_log(const char *path) {
  int (*go)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  if (log_fd >= 0) { int (*shut)(int) = dlsym(RTLD_NEXT, "close"); shut(log_fd); log_fd = -1; }
  if (path) log_fd = go(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static void note(char kind, const char *path, int64_t offset, const void *data, int64_t n) {
  if (log_fd < 0) return;
  char head[21];
  int32_t length = strlen(path);
  head[0] = kind; memcpy(head + 1, &length, 4); memcpy(head + 5, &offset, 8); memcpy(head + 13, &n, 8);
  real_write(log_fd, head, 21); real_write(log_fd, path, length);
  if (data && n > 0) real_write(log_fd, data, n);
}

static int fails(void) {
  calls++;
  if (!armed || (calls != armed && !(sticky_now && calls > armed))) return 0;
  if (error_now < 0) raise(SIGKILL);
  errno = error_now;
  return 1;
}

static int watched(const char *path) { return match && path && strstr(path, match) != NULL; }
static const char *path_of(int fd) { return fd >= 0 && fd < FILES ? paths[fd] : NULL; }
static void forget(int fd) { if (fd >= 0 && fd < FILES) { free(paths[fd]); paths[fd] = NULL; } }

static int opened(int fd, const char *path, int flags, int there) {
  forget(fd);
  if (fd < 0 || fd >= FILES || !watched(path)) return fd;
  paths[fd] = strdup(path);
  if ((flags & O_CREAT) && !there) note('C', path, 0, NULL, 0);
  else if (flags & O_TRUNC) note('T', path, 0, NULL, 0);
  return fd;
}

#define OPEN(NAME) \
  int NAME(const char *path, int flags, ...) { \
    static int (*go)(const char *, int, ...); mode_t mode = 0; \
    if (!go) go = dlsym(RTLD_NEXT, #NAME); \
    if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, int); va_end(rest); } \
    if (!watched(path)) return opened(go(path, flags, mode), path, flags, 1); \
    int there = access(path, F_OK) == 0; \
    if ((flags & O_ACCMODE) != O_RDONLY && fails()) return -1; \
    return opened(go(path, flags, mode), path, flags, there); }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *data, size_t n) {
  const char *path = path_of(fd);
  if (path && strstr(path, "ACK")) note('A', path, 0, data, n);
  else if (path) { if (fails()) return -1; note('W', path, lseek(fd, 0, SEEK_CUR), data, n); }
  return real_write(fd, data, n);
}

#define PWRITE(NAME, OFFSET) \
  ssize_t NAME(int fd, const void *data, size_t n, OFFSET offset) { \
    static ssize_t (*go)(int, const void *, size_t, OFFSET); const char *path = path_of(fd); \
    if (!go) go = dlsym(RTLD_NEXT, #NAME); \
    if (path) { if (fails()) return -1; note('W', path, offset, data, n); } \
    return go(fd, data, n, offset); }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define SYNC(NAME) \
  int NAME(int fd) { \
    static int (*go)(int); const char *path = path_of(fd); \
    if (!go) go = dlsym(RTLD_NEXT, #NAME); \
    if (path) { if (fails()) return -1; note('S', path, 0, NULL, 0); } \
    return go(fd); }
SYNC(fsync)
SYNC(fdatasync)

#define CUT(NAME, OFFSET) \
  int NAME(int fd, OFFSET length) { \
    static int (*go)(int, OFFSET); const char *path = path_of(fd); \
    if (!go) go = dlsym(RTLD_NEXT, #NAME); \
    if (path) { if (fails()) return -1; note('T', path, length, NULL, 0); } \
    return go(fd, length); }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

int unlink(const char *path) {
  static int (*go)(const char *);
  if (!go) go = dlsym(RTLD_NEXT, "unlink");
  if (watched(path) && access(path, F_OK) == 0) { if (fails()) return -1; note('U', path, 0, NULL, 0); }
  return go(path);
}

int rename(const char *old, const char *new) {
  static int (*go)(const char *, const char *);
  if (!go) go = dlsym(RTLD_NEXT, "rename");
  if ((watched(old) || watched(new)) && fails()) return -1;
  return go(old, new);
}

int close(int fd) {
  static int (*go)(int);
  if (!go) go = dlsym(RTLD_NEXT, "close");
  forget(fd);
  return go(fd);
}
