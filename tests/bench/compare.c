/* Runs commands in turns and prints the median of each: compare REPEATS CASE... where a CASE is
 * "label|divide by case|most that the ratio may be|command". Case 1 is divided by nothing (0). One
 * after the other in every round, so that what else the machine does meets all of them. */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CASES_MAX = 16, REPEATS_MAX = 101 };

typedef struct Case {
    const char *label, *command;
    int of;     /* the case that it is compared with, from 1; 0 = none */
    double bar; /* 0 = none */
    double wall[REPEATS_MAX], processor[REPEATS_MAX];
    long peak; /* KiB, the largest */
} Case;

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static int run(Case *it, int round) {
    struct timespec from;
    struct timespec to;
    struct rusage usage;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &from);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", it->command, (char *)NULL);
        _exit(127);
    }
    if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        fprintf(stderr, "compare: failed: %s\n", it->command);
        return 0;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    it->wall[round] = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    it->processor[round] = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    it->peak = usage.ru_maxrss > it->peak ? usage.ru_maxrss : it->peak;
    return 1;
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, compare_doubles);
    return values[count / 2];
}

/* The text up to the next bar, which becomes its end; "" behind the last. */
static char *cut(char **rest) {
    char *part = *rest;
    char *bar = strchr(part, '|');
    *rest = bar ? bar + 1 : part + strlen(part);
    if (bar) {
        *bar = 0;
    }
    return part;
}

static int parse(char *text, Case *ret) {
    ret->label = cut(&text);
    ret->of = (int)strtol(cut(&text), NULL, 10);
    ret->bar = strtod(cut(&text), NULL);
    ret->command = text;
    return *ret->command != 0;
}

static void print(Case *cases, int count, int repeats) {
    double walls[CASES_MAX];
    printf("%-36s %8s %8s %9s %7s  %s\n", "", "wall s", "cpu s", "peak MB", "ratio", "bar");
    for (int i = 0; i < count; i++) {
        Case *it = &cases[i];
        walls[i] = median(it->wall, repeats);
        printf("%-36s %8.3f %8.3f %9.1f", it->label, walls[i], median(it->processor, repeats),
               (double)it->peak / 1024);
        if (it->of) {
            printf(" %7.2f", walls[i] / walls[it->of - 1]);
        }
        if (it->bar > 0) {
            printf("  <= %.1f x %s", it->bar, cases[it->of - 1].label);
        }
        putchar('\n');
    }
}

int main(int argc, char **argv) {
    static Case cases[CASES_MAX];
    int repeats = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;
    int count = argc - 2;
    if (repeats < 1 || repeats > REPEATS_MAX || count < 1 || count > CASES_MAX) {
        fputs("usage: compare REPEATS CASE...\n", stderr);
        return 2;
    }
    for (int i = 0; i < count; i++) {
        if (!parse(argv[i + 2], &cases[i])) {
            fprintf(stderr, "compare: no case: %s\n", argv[i + 2]);
            return 2;
        }
    }
    for (int round = 0; round < repeats; round++) {
        for (int i = 0; i < count; i++) {
            if (!run(&cases[i], round)) {
                return 2;
            }
        }
    }
    print(cases, count, repeats);
    return 0;
}
