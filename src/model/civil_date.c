/* Civil days after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil,
 * civil_from_days). */
#include <string.h>

#include "model/value.h"

static int64_t days_from_civil(int64_t y, int64_t m, int64_t d) {
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

static bool is_leap(int64_t y) {
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

bool date_parse(Str text, int64_t *ret_days) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t y;
    int64_t m;
    int64_t d;
    if (text.n != 10 || text.s[4] != '-' || text.s[7] != '-' || text.s[0] == '-' ||
        text.s[5] == '-' || text.s[8] == '-' || !str_to_int(str_slice(text, 0, 4), &y) ||
        !str_to_int(str_slice(text, 5, 7), &m) || !str_to_int(str_slice(text, 8, 10), &d)) {
        return false;
    }
    if (m < 1 || m > 12 || d < 1 || d > lengths[m - 1] + (m == 2 && is_leap(y) ? 1 : 0)) {
        return false;
    }
    *ret_days = days_from_civil(y, m, d);
    return true;
}

void date_print(int64_t days, char ret_text[11]) {
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int64_t d = doy - (153 * mp + 2) / 5 + 1;
    int64_t m = mp + (mp < 10 ? 3 : -9);
    int64_t y = yoe + era * 400 + (m <= 2);
    char text[64];
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)(y % 10000), (int)m, (int)d);
    memcpy(ret_text, text, 10);
    ret_text[10] = 0;
}
