/*
 * Stands between a process and the files of one folder (LD_PRELOAD).
 *
 * It writes down what reaches the kernel, in order and with the time at which each step began, so that a power cut at
 * any moment can be played afterwards; and it lets steps fail when it is told to. The folder is TORTURE_DIR, absolute.
 *
 *   TORTURE_JOURNAL      where to write steps down; nothing is written when absent
 *   TORTURE_FORGET_SYNC  when set, syncs are not written down: a machine whose disk lies
 *   TORTURE_CONTROL      a file of 64-bit numbers that says which steps fail, see `enum control`
 *
 * Steps happen one at a time, under one lock: the journal is a history and not a set of overlapping intervals. Ways to
 * change a file that are not followed (a shared writable mapping, copy_file_range, ...) are written down as such, and
 * the reader of the journal refuses it. SQLite's -shm files need no durability and are left out of the journal.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define MAGIC 0x54525453u
#define MAX_INODES 4096

enum step { MADE = 1, WRITTEN, RESIZED, SYNCED, FOLDER_SYNCED, LINKED, RENAMED, REMOVED, FOLDER_MADE, FOLDER_REMOVED,
            NOT_FOLLOWED = 99 };

/* Kinds of steps that can fail. */
enum kind { WRITE = 1, SYNC = 2, RESIZE = 4, OPEN = 8, NAME = 16 };

/* The numbers of the control file. Steps of the kinds in KINDS are counted in COUNTED; those from FIRST to LAST fail
 * with ERRNO, or, for writes with MODE 1, write half and say so, with MODE 2 write half and fail. */
enum control { KINDS, FIRST, LAST, ERRNO, MODE, COUNTED, FAILED, CONTROL_NUMBERS };

struct header {
    uint32_t magic, step;
    uint64_t began, inode, offset, data_bytes;
    int64_t result;
    uint32_t path_bytes, other_path_bytes;
};

struct known {
    dev_t device;
    ino_t inode;
    int is_folder;
    char path[PATH_MAX];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static int journal = -1;
static int forgets_syncs;
static volatile uint64_t *control;
static struct known *known;
static int known_count;

__attribute__((constructor)) static void begin(void) {
    folder = getenv("TORTURE_DIR");
    folder_length = folder ? strlen(folder) : 0;
    forgets_syncs = getenv("TORTURE_FORGET_SYNC") != NULL;
    known = calloc(MAX_INODES, sizeof *known);
    const char *path = getenv("TORTURE_JOURNAL");
    if (path) journal = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    path = getenv("TORTURE_CONTROL");
    if (path) {
        int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
        void *memory = fd < 0 ? MAP_FAILED
                              : (void *)syscall(SYS_mmap, NULL, CONTROL_NUMBERS * sizeof(uint64_t),
                                                PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (memory != MAP_FAILED) control = memory;
        if (fd >= 0) syscall(SYS_close, fd);
    }
    if (!folder || !known || (getenv("TORTURE_JOURNAL") && journal < 0) || (path && !control)) {
        static const char message[] = "torture shim: it was not told what it needs\n";
        syscall(SYS_write, 2, message, sizeof message - 1);
        _exit(97);
    }
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* The path within the folder, or NULL when it is elsewhere. */
static const char *within(int at, const char *path, char buffer[PATH_MAX]) {
    if (!folder || !path) return NULL;
    if (path[0] == '/') {
        if (strlen(path) >= PATH_MAX) return NULL;
        strcpy(buffer, path);
    } else {
        char link[64];
        if (at == AT_FDCWD) strcpy(link, "/proc/self/cwd");
        else snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, buffer, PATH_MAX - 1);
        if (length < 0 || (size_t)length + strlen(path) + 2 > PATH_MAX) return NULL;
        buffer[length] = '/';
        strcpy(buffer + length + 1, path);
    }
    if (strncmp(buffer, folder, folder_length) != 0) return NULL;
    if (buffer[folder_length] == '\0') return "";
    return buffer[folder_length] == '/' ? buffer + folder_length + 1 : NULL;
}

static int is_journalled(const char *path) {
    size_t length = path ? strlen(path) : 0;
    return path && !(length >= 4 && strcmp(path + length - 4, "-shm") == 0);
}

static struct known *find(const struct stat *stat) {
    for (int i = 0; i < known_count; i++)
        if (known[i].inode == stat->st_ino && known[i].device == stat->st_dev) return &known[i];
    return NULL;
}

/* What a descriptor is open on, where it is in the folder. */
static struct known *of(int fd) {
    struct stat stat;
    if (!known_count || fstat(fd, &stat) != 0 || !(S_ISREG(stat.st_mode) || S_ISDIR(stat.st_mode))) return NULL;
    return find(&stat);
}

static void append(enum step step, uint64_t began, uint64_t inode, uint64_t offset, int64_t result, const char *path,
                   const char *other, const struct iovec *data, int pieces, size_t bytes) {
    if (journal < 0) return;
    struct header header = {MAGIC, step, began, inode, offset, bytes, result,
                            path ? (uint32_t)strlen(path) : 0, other ? (uint32_t)strlen(other) : 0};
    size_t total = sizeof header + header.path_bytes + header.other_path_bytes + bytes;
    char *record = malloc(total), *end = record;
    if (!record) _exit(98);
    end = mempcpy(end, &header, sizeof header);
    if (path) end = mempcpy(end, path, header.path_bytes);
    if (other) end = mempcpy(end, other, header.other_path_bytes);
    for (int i = 0; i < pieces && bytes > 0; i++) {
        size_t some = data[i].iov_len < bytes ? data[i].iov_len : bytes;
        end = mempcpy(end, data[i].iov_base, some);
        bytes -= some;
    }
    if (syscall(SYS_write, journal, record, total) != (long)total) _exit(99);
    free(record);
}

static void append_name(enum step step, uint64_t began, uint64_t inode, const char *path, const char *other) {
    append(step, began, inode, 0, 0, path, other, NULL, 0, 0);
}

static void not_followed(const char *function) { append_name(NOT_FOLLOWED, now(), 0, function, NULL); }

/* Counts a step and says whether it fails. */
static int fails(enum kind kind) {
    if (!control || !(control[KINDS] & (uint64_t)kind)) return 0;
    uint64_t count = ++control[COUNTED];
    if (count < control[FIRST] || count > control[LAST]) return 0;
    control[FAILED]++;
    return 1;
}

static int fail(void) {
    errno = (int)control[ERRNO];
    return -1;
}

static int open_at(int at, const char *path, int flags, mode_t mode) {
    char buffer[PATH_MAX];
    const char *name = within(at, path, buffer);
    pthread_mutex_lock(&lock);
    int fd;
    if (name && fails(OPEN)) {
        fd = fail();
    } else {
        struct stat stat;
        uint64_t began = now();
        int is_new = name && (flags & O_CREAT) && fstatat(at, path, &stat, AT_SYMLINK_NOFOLLOW) != 0;
        fd = (int)syscall(SYS_openat, at, path, flags, mode);
        int error = errno;
        if (fd >= 0 && fstat(fd, &stat) == 0) {
            struct known *old = find(&stat);
            if (name && is_journalled(name)) {
                if (!old && known_count == MAX_INODES) _exit(96);
                if (!old) old = &known[known_count++];
                *old = (struct known){stat.st_dev, stat.st_ino, S_ISDIR(stat.st_mode), ""};
                strcpy(old->path, name);
                if (is_new) append_name(MADE, began, stat.st_ino, name, NULL);
                else if (flags & O_TRUNC) append(RESIZED, began, stat.st_ino, 0, 0, NULL, NULL, NULL, 0, 0);
            } else if (old) {
                /* The inode of a file that is gone came back elsewhere. */
                *old = known[--known_count];
            }
        }
        errno = error;
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

#define MODE_ARGUMENT                                          \
    mode_t mode = 0;                                           \
    if (flags & (O_CREAT | __O_TMPFILE)) {                     \
        va_list list;                                          \
        va_start(list, flags);                                 \
        mode = va_arg(list, mode_t);                           \
        va_end(list);                                          \
    }

EXPORT int open(const char *path, int flags, ...) { MODE_ARGUMENT return open_at(AT_FDCWD, path, flags, mode); }
EXPORT int open64(const char *path, int flags, ...) { MODE_ARGUMENT return open_at(AT_FDCWD, path, flags, mode); }
EXPORT int openat(int at, const char *path, int flags, ...) { MODE_ARGUMENT return open_at(at, path, flags, mode); }
EXPORT int openat64(int at, const char *path, int flags, ...) { MODE_ARGUMENT return open_at(at, path, flags, mode); }
EXPORT int creat(const char *path, mode_t mode) { return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
EXPORT int creat64(const char *path, mode_t mode) { return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* Whether a descriptor is open on anything in the folder, journalled or not. */
static int is_inside(int fd) {
    char link[64], target[PATH_MAX], buffer[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, target, sizeof target - 1);
    if (length < 0) return 0;
    target[length] = '\0';
    return within(AT_FDCWD, target, buffer) != NULL;
}

/* `offset` is -1 where the descriptor's own position counts. */
static ssize_t write_at(int fd, const struct iovec *data, int pieces, off_t offset) {
    pthread_mutex_lock(&lock);
    struct known *file = of(fd);
    int can_fail = control && (control[KINDS] & WRITE) && is_inside(fd);
    int is_failing = can_fail && fails(WRITE);
    ssize_t written;
    if (is_failing && control[MODE] == 0) {
        written = fail();
    } else {
        struct iovec half = pieces > 0 ? data[0] : (struct iovec){NULL, 0};
        if (is_failing) {
            half.iov_len = (half.iov_len + 1) / 2;
            data = &half;
            pieces = 1;
        }
        uint64_t began = now();
        written = offset < 0 ? syscall(SYS_writev, fd, data, pieces)
                             : syscall(SYS_pwritev, fd, data, pieces, (long)offset, 0L);
        int error = errno;
        if (file && written > 0) {
            uint64_t place = (uint64_t)(offset < 0 ? lseek(fd, 0, SEEK_CUR) - written : offset);
            append(WRITTEN, began, file->inode, place, written, NULL, NULL, data, pieces, (size_t)written);
        }
        errno = error;
        if (is_failing && control[MODE] == 2) written = fail();
    }
    pthread_mutex_unlock(&lock);
    return written;
}

EXPORT ssize_t write(int fd, const void *data, size_t bytes) {
    struct iovec piece = {(void *)data, bytes};
    /* Sockets and pipes do not wait for the lock. */
    struct stat stat;
    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) return syscall(SYS_write, fd, data, bytes);
    return write_at(fd, &piece, 1, -1);
}
EXPORT ssize_t writev(int fd, const struct iovec *data, int pieces) {
    struct stat stat;
    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) return syscall(SYS_writev, fd, data, pieces);
    return write_at(fd, data, pieces, -1);
}
EXPORT ssize_t pwrite(int fd, const void *data, size_t bytes, off_t offset) {
    struct iovec piece = {(void *)data, bytes};
    return write_at(fd, &piece, 1, offset);
}
EXPORT ssize_t pwrite64(int fd, const void *data, size_t bytes, off64_t offset) { return pwrite(fd, data, bytes, offset); }
EXPORT ssize_t pwritev(int fd, const struct iovec *data, int pieces, off_t offset) {
    return write_at(fd, data, pieces, offset);
}
EXPORT ssize_t pwritev64(int fd, const struct iovec *data, int pieces, off64_t offset) {
    return write_at(fd, data, pieces, offset);
}

static int resize(int fd, off_t size, int (*really)(int, off_t)) {
    pthread_mutex_lock(&lock);
    struct known *file = of(fd);
    int result;
    if (control && (control[KINDS] & RESIZE) && is_inside(fd) && fails(RESIZE)) {
        result = fail();
    } else {
        uint64_t began = now();
        result = really(fd, size);
        int error = errno;
        struct stat stat;
        if (file && result == 0 && fstat(fd, &stat) == 0)
            append(RESIZED, began, file->inode, (uint64_t)stat.st_size, 0, NULL, NULL, NULL, 0, 0);
        errno = error;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static int cut_or_extend(int fd, off_t size) { return (int)syscall(SYS_ftruncate, fd, size); }
static int reserve(int fd, off_t size) { return (int)syscall(SYS_fallocate, fd, 0, 0L, (long)size); }

EXPORT int ftruncate(int fd, off_t size) { return resize(fd, size, cut_or_extend); }
EXPORT int ftruncate64(int fd, off64_t size) { return resize(fd, size, cut_or_extend); }
EXPORT int posix_fallocate(int fd, off_t offset, off_t bytes) {
    return resize(fd, offset + bytes, reserve) == 0 ? 0 : errno;
}
EXPORT int posix_fallocate64(int fd, off64_t offset, off64_t bytes) { return posix_fallocate(fd, offset, bytes); }
EXPORT int fallocate(int fd, int mode, off_t offset, off_t bytes) {
    if (mode == 0) return resize(fd, offset + bytes, reserve);
    if (of(fd)) not_followed("fallocate");
    return (int)syscall(SYS_fallocate, fd, mode, (long)offset, (long)bytes);
}
EXPORT int fallocate64(int fd, int mode, off64_t offset, off64_t bytes) { return fallocate(fd, mode, offset, bytes); }

static int sync_file(int fd, long number) {
    pthread_mutex_lock(&lock);
    struct known *file = of(fd);
    uint64_t began = now();
    int result;
    if (file && fails(SYNC)) result = fail();
    else result = (int)syscall(number, fd);
    int error = errno;
    if (file && !forgets_syncs)
        append(file->is_folder ? FOLDER_SYNCED : SYNCED, began, file->inode, 0, result,
               file->is_folder ? file->path : NULL, NULL, NULL, 0, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

EXPORT int fsync(int fd) { return sync_file(fd, SYS_fsync); }
EXPORT int fdatasync(int fd) { return sync_file(fd, SYS_fdatasync); }

EXPORT int linkat(int at, const char *path, int other_at, const char *other, int flags) {
    char buffer[PATH_MAX], other_buffer[PATH_MAX];
    const char *name = within(at, path, buffer), *other_name = within(other_at, other, other_buffer);
    pthread_mutex_lock(&lock);
    int result;
    if (other_name && fails(NAME)) {
        result = fail();
    } else {
        uint64_t began = now();
        result = (int)syscall(SYS_linkat, at, path, other_at, other, flags);
        int error = errno;
        if (result == 0 && is_journalled(other_name)) {
            if (name) append_name(LINKED, began, 0, name, other_name);
            else not_followed("link from elsewhere");
        }
        errno = error;
    }
    pthread_mutex_unlock(&lock);
    return result;
}
EXPORT int link(const char *path, const char *other) { return linkat(AT_FDCWD, path, AT_FDCWD, other, 0); }

EXPORT int renameat2(int at, const char *path, int other_at, const char *other, unsigned flags) {
    char buffer[PATH_MAX], other_buffer[PATH_MAX];
    const char *name = within(at, path, buffer), *other_name = within(other_at, other, other_buffer);
    pthread_mutex_lock(&lock);
    int result;
    if ((name || other_name) && fails(NAME)) {
        result = fail();
    } else {
        uint64_t began = now();
        result = (int)syscall(SYS_renameat2, at, path, other_at, other, flags);
        int error = errno;
        if (result == 0 && (name || other_name)) {
            struct stat stat;
            int is_file = fstatat(other_at, other, &stat, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(stat.st_mode);
            if (name && other_name && !flags && is_file) append_name(RENAMED, began, 0, name, other_name);
            else not_followed("rename of a folder, or from or to elsewhere");
        }
        errno = error;
    }
    pthread_mutex_unlock(&lock);
    return result;
}
EXPORT int rename(const char *path, const char *other) { return renameat2(AT_FDCWD, path, AT_FDCWD, other, 0); }
EXPORT int renameat(int at, const char *path, int other_at, const char *other) {
    return renameat2(at, path, other_at, other, 0);
}

static int name_step(enum step step, int at, const char *path, long number, long argument) {
    char buffer[PATH_MAX];
    const char *name = within(at, path, buffer);
    pthread_mutex_lock(&lock);
    int result;
    if (name && fails(NAME)) {
        result = fail();
    } else {
        uint64_t began = now();
        result = (int)syscall(number, at, path, argument);
        int error = errno;
        if (result == 0 && is_journalled(name)) append_name(step, began, 0, name, NULL);
        errno = error;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

EXPORT int unlinkat(int at, const char *path, int flags) {
    return name_step(flags & AT_REMOVEDIR ? FOLDER_REMOVED : REMOVED, at, path, SYS_unlinkat, flags);
}
EXPORT int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
EXPORT int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
EXPORT int mkdirat(int at, const char *path, mode_t mode) { return name_step(FOLDER_MADE, at, path, SYS_mkdirat, mode); }
EXPORT int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* What is not followed. */
EXPORT void *mmap(void *place, size_t bytes, int protection, int flags, int fd, off_t offset) {
    if (fd >= 0 && (protection & PROT_WRITE) && (flags & MAP_SHARED) && of(fd)) not_followed("mmap");
    return (void *)syscall(SYS_mmap, place, bytes, protection, flags, fd, (long)offset);
}
EXPORT void *mmap64(void *place, size_t bytes, int protection, int flags, int fd, off64_t offset) {
    return mmap(place, bytes, protection, flags, fd, offset);
}
EXPORT ssize_t copy_file_range(int in, off64_t *in_offset, int out, off64_t *out_offset, size_t bytes, unsigned flags) {
    if (of(out)) not_followed("copy_file_range");
    return syscall(SYS_copy_file_range, in, in_offset, out, out_offset, bytes, flags);
}
EXPORT ssize_t sendfile(int out, int in, off_t *offset, size_t bytes) {
    if (of(out)) not_followed("sendfile");
    return syscall(SYS_sendfile, out, in, offset, bytes);
}
EXPORT ssize_t sendfile64(int out, int in, off64_t *offset, size_t bytes) { return sendfile(out, in, offset, bytes); }
EXPORT int truncate(const char *path, off_t size) {
    char buffer[PATH_MAX];
    if (within(AT_FDCWD, path, buffer)) not_followed("truncate");
    return (int)syscall(SYS_truncate, path, (long)size);
}
EXPORT int truncate64(const char *path, off64_t size) { return truncate(path, size); }
