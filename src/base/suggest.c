#include "base/suggest.h"

#include <string.h>

enum { LONGEST = 63 };

void suggest_init(Suggest *suggest, Str wanted) {
    *suggest =
        (Suggest){.wanted = wanted, .best = STR_NONE, .distance = (int)(wanted.n + 2) / 3 + 1};
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static int least(int a, int b, int c) {
    int least_of_two = a < b ? a : b;
    return least_of_two < c ? least_of_two : c;
}

/* Damerau's distance with adjacent transpositions, three rows at a time. */
static int distance(Str a, Str b) {
    int rows[3][LONGEST + 1];
    for (size_t j = 0; j <= b.n; j++) {
        rows[0][j] = (int)j;
    }
    for (size_t i = 1; i <= a.n; i++) {
        int *row = rows[i % 3];
        const int *above = rows[(i + 2) % 3];
        const int *above2 = rows[(i + 1) % 3];
        row[0] = (int)i;
        for (size_t j = 1; j <= b.n; j++) {
            char x = lower(a.s[i - 1]);
            char y = lower(b.s[j - 1]);
            row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y));
            bool swapped = i > 1 && j > 1 && x == lower(b.s[j - 2]) && lower(a.s[i - 2]) == y;
            if (swapped && above2[j - 2] + 1 < row[j]) {
                row[j] = above2[j - 2] + 1;
            }
        }
    }
    return rows[a.n % 3][b.n];
}

void suggest_try(Suggest *suggest, Str candidate) {
    if (candidate.n > LONGEST || suggest->wanted.n > LONGEST) {
        return;
    }
    int found = distance(suggest->wanted, candidate);
    if (found < suggest->distance) {
        suggest->distance = found;
        suggest->best = candidate;
    }
}
