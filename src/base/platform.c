#define _DEFAULT_SOURCE /* madvise */
#define _POSIX_C_SOURCE 200809L
#include "base/platform.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void memory_prefer_large_pages(void *memory, size_t bytes) {
#ifdef MADV_HUGEPAGE
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    size_t skipped = (size_t)(-(uintptr_t)memory & (page - 1));
    if (bytes > skipped + page) {
        (void)madvise((char *)memory + skipped, (bytes - skipped) & ~(page - 1), MADV_HUGEPAGE);
    }
#else
    (void)memory, (void)bytes;
#endif
}

static Status failure(Arena *arena, const char *what, const char *path) {
    bool standard = strcmp(path, "-") == 0;
    const char *name = !standard                                              ? path
                       : str_find_str(str_of(what), STR("write")) == SIZE_MAX ? "standard input"
                                                                              : "standard output";
    return (Status){true, arena_printf(arena, "%s %s: %s", what, name, strerror(errno))};
}

static Status read_stream(Arena *arena, FILE *in, const char *path, size_t limit, Str *ret_bytes) {
    size_t size = 0;
    size_t capacity = (size_t)64 * 1024;
    char *data = malloc(capacity);
    Status status = STATUS_OK;
    while (data) {
        size += fread(data + size, 1, capacity - size, in);
        if (size > limit) {
            status = (Status){
                true, arena_printf(arena, "%s is larger than the limit of %zu bytes", path, limit)};
            break;
        }
        if (size < capacity) {
            break;
        }
        capacity *= 2;
        char *grown = realloc(data, capacity);
        if (!grown) {
            free(data);
        }
        data = grown;
    }
    if (!data) {
        return (Status){true, STR("out of memory")};
    }
    if (!status.failed && ferror(in)) {
        status = failure(arena, "cannot read", path);
    }
    if (!status.failed) {
        *ret_bytes = arena_copy(arena, (Str){data, size});
    }
    free(data);
    return status;
}

/* A file whose size is known goes straight to its place. False if it is none such. */
static bool read_sized(Arena *arena, FILE *in, size_t limit, Str *ret_bytes) {
    struct stat info;
    if (fstat(fileno(in), &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0 ||
        (uintmax_t)info.st_size > limit) {
        return false;
    }
    size_t size = (size_t)info.st_size;
    char *bytes = arena_array(arena, char, size + 1);
    memory_prefer_large_pages(bytes, size);
    size_t read = fread(bytes, 1, size, in);
    *ret_bytes = (Str){bytes, read};
    return read == size && fgetc(in) == EOF && !ferror(in);
}

Status file_read(Arena *arena, const char *path, size_t limit, Str *ret_bytes) {
    if (strcmp(path, "-") == 0) {
        return read_stream(arena, stdin, "<stdin>", limit, ret_bytes);
    }
    if (path_is_folder(path)) {
        return (Status){true, arena_printf(arena, "cannot read %s: it is a folder", path)};
    }
    FILE *in = fopen(path, "rb");
    if (!in) {
        return failure(arena, "cannot open", path);
    }
    Status status = STATUS_OK;
    if (!read_sized(arena, in, limit, ret_bytes)) {
        rewind(in);
        status = read_stream(arena, in, path, limit, ret_bytes);
    }
    fclose(in);
    return status;
}

Status file_write(Arena *arena, const char *path, Str bytes) {
    bool standard = strcmp(path, "-") == 0;
    FILE *out = standard ? stdout : fopen(path, "wb");
    if (!out) {
        return failure(arena, "cannot write", path);
    }
    bool written = fwrite(bytes.s, 1, bytes.n, out) == bytes.n;
    bool closed = standard ? fflush(out) == 0 : fclose(out) == 0;
    return written && closed ? STATUS_OK : failure(arena, "cannot write", path);
}

static int compare_names(const void *a, const void *b) {
    const Str *x = a;
    const Str *y = b;
    return str_cmp(*x, *y);
}

Status folder_list(Arena *arena, const char *path, Str **ret_names, size_t *ret_count) {
    DIR *folder = opendir(path);
    if (!folder) {
        return failure(arena, "cannot open", path);
    }
    VEC(Str) names = {0};
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        Str name = str_of(entry->d_name);
        if (!str_eq(name, STR(".")) && !str_eq(name, STR(".."))) {
            vec_push(arena, &names, arena_copy(arena, name));
        }
    }
    closedir(folder);
    if (names.count) {
        qsort(names.items, names.count, sizeof(Str), compare_names);
    }
    *ret_names = names.items;
    *ret_count = names.count;
    return STATUS_OK;
}

bool path_is_folder(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool path_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0;
}

Str path_display(Arena *arena, const char *path) {
    if (strcmp(path, "-") == 0) {
        return STR("<stdin>");
    }
    char here[4096];
    Str text = str_of(path);
    if (getcwd(here, sizeof here)) {
        Str prefix = arena_printf(arena, "%s/", here);
        if (str_starts(text, prefix)) {
            text = str_slice(text, prefix.n, text.n);
        }
    }
    while (str_starts(text, STR("./"))) {
        text = str_slice(text, 2, text.n);
    }
    return arena_copy(arena, text);
}

bool stream_is_terminal(FILE *stream) {
    return isatty(fileno(stream)) == 1;
}

int stream_width(FILE *stream) {
    struct winsize size;
    bool known = ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col >= 20;
    return known ? size.ws_col : 80;
}

Str clock_today(Arena *arena) {
    time_t now = time(NULL);
    int64_t epoch = 0;
    if (str_to_int(str_of(getenv("SOURCE_DATE_EPOCH")), &epoch)) {
        now = (time_t)epoch;
    }
    struct tm day;
    if (!gmtime_r(&now, &day)) {
        return STR("1970-01-01");
    }
    return arena_printf(arena, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

Str clock_local_day(Arena *arena, int64_t seconds) {
    time_t time = (time_t)seconds;
    struct tm day;
    if (!localtime_r(&time, &day)) {
        return STR_NONE;
    }
    return arena_printf(arena, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

uint64_t clock_monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool parse_address(int family, Str text, uint8_t *ret_bytes) {
    char copy[INET6_ADDRSTRLEN];
    if (text.n >= sizeof copy || str_find(text, 0, 0) != SIZE_MAX) {
        return false;
    }
    snprintf(copy, sizeof copy, "%.*s", STR_ARG(text));
    return inet_pton(family, copy, ret_bytes) == 1;
}

bool ip4_parse(Str text, uint8_t *ret_bytes) {
    return parse_address(AF_INET, text, ret_bytes);
}

bool ip6_parse(Str text, uint8_t *ret_bytes) {
    return parse_address(AF_INET6, text, ret_bytes);
}
