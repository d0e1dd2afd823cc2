/* Text to cells, by the type of the field. */
#include "model/value.h"

#include "base/limits.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_number(Str text) {
    size_t from = text.n && text.s[0] == '-' ? 1 : 0;
    size_t at = from;
    while (at < text.n && is_digit(text.s[at])) {
        at++;
    }
    return at > from && at == text.n;
}

static bool parse_int(const Field *field, Str text, int64_t *ret_value, Str *ret_expected) {
    int64_t value;
    if (!str_to_int(text, &value)) {
        *ret_expected =
            is_number(text) ? STR("an integer of at most 18 digits") : STR("an integer");
        return false;
    }
    if ((field->has_min && value < field->min) || (field->has_max && value > field->max)) {
        *ret_expected = STR("range");
        return false;
    }
    *ret_value = value;
    return true;
}

static bool is_one_of(Str text, const char *const *words) {
    for (; *words; words++) {
        if (str_eq_nocase(text, str_of(*words))) {
            return true;
        }
    }
    return false;
}

static bool parse_bool(Str text, int64_t *ret_value, Str *ret_expected) {
    bool yes = str_eq(text, STR("true"));
    if (yes || str_eq(text, STR("false"))) {
        *ret_value = yes;
        return true;
    }
    static const char *const yes_words[] = {"yes", "on", "y", "1", "true", NULL};
    static const char *const no_words[] = {"no", "off", "n", "0", "false", NULL};
    *ret_expected = STR("true or false");
    if (is_one_of(text, yes_words)) {
        *ret_expected = STR("true or false: write true");
    } else if (is_one_of(text, no_words)) {
        *ret_expected = STR("true or false: write false");
    }
    return false;
}

static bool parse_enum(const Interner *interner, const Field *field, Str text, int64_t *ret_value) {
    for (size_t i = 0; i < field->value_count; i++) {
        if (str_eq(text, sym_text(interner, field->values[i].name))) {
            *ret_value = (int64_t)i;
            return true;
        }
    }
    return false;
}

static int64_t unit_seconds(char unit) {
    switch (unit) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    case 'd':
        return 86400;
    default:
        return 0;
    }
}

/* 90, 30s, 5m, 1d12h: numbers with falling units; a bare number is seconds. */
static bool parse_duration(Str text, int64_t *ret_value) {
    int64_t total = 0;
    int64_t last = INT64_MAX;
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && is_digit(text.s[i])) {
            i++;
        }
        int64_t number;
        if (i - from > 9 || !str_to_int(str_slice(text, from, i), &number)) {
            return false;
        }
        int64_t unit = i < text.n ? unit_seconds(text.s[i++]) : from == 0 ? 1 : 0;
        if (!unit || unit >= last) {
            return false;
        }
        last = unit;
        total += number * unit;
    }
    *ret_value = total;
    return text.n > 0;
}

/* A decimal number as thousandths; false if it has more than three decimals. */
static bool parse_thousandths(Str text, int64_t *ret_value) {
    size_t dot = str_find(text, '.', 0);
    Str whole = str_slice(text, 0, dot);
    Str part = dot == SIZE_MAX ? STR_NONE : str_slice(text, dot + 1, text.n);
    int64_t value;
    if (whole.n > 12 || !str_to_int(whole, &value) || value < 0 || part.n > 3 ||
        (dot != SIZE_MAX && !part.n)) {
        return false;
    }
    int64_t scale = 1000;
    value *= 1000;
    for (size_t i = 0; i < part.n; i++) {
        if (!is_digit(part.s[i])) {
            return false;
        }
        scale /= 10;
        value += (part.s[i] - '0') * scale;
    }
    *ret_value = value;
    return true;
}

static bool parse_share(Str text, int64_t *ret_value) {
    int64_t thousandths;
    if (!str_ends(text, STR("%")) ||
        !parse_thousandths(str_slice(text, 0, text.n - 1), &thousandths) || thousandths % 100) {
        return false;
    }
    *ret_value = thousandths / 100;
    return *ret_value <= 1000;
}

static bool parse_version(Str text) {
    bool digit = false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '.' && !digit) {
            return false;
        }
        if (text.s[i] != '.' && !is_digit(text.s[i])) {
            return false;
        }
        digit = text.s[i] != '.';
    }
    return digit;
}

static bool looks_like_date(Str text) {
    static const char form[] = "dddd-dd-dd";
    bool fits = text.n == sizeof form - 1;
    for (size_t i = 0; fits && i < text.n; i++) {
        fits = form[i] == '-' ? text.s[i] == '-' : is_digit(text.s[i]);
    }
    return fits;
}

_Static_assert(LIMIT_NAME_BYTES == 1024 && LIMIT_TEXT_BYTES == 61440, "as the messages say");

static bool parse_text(Interner *interner, size_t limit, Str text, int64_t *ret_value,
                       Str *ret_expected) {
    if (!text.n) {
        *ret_expected = STR("a text that is not empty");
        return false;
    }
    if (text.n > limit) {
        *ret_expected = limit == LIMIT_NAME_BYTES ? STR("at most 1024 bytes for a name")
                                                  : STR("at most 61440 bytes of text");
        return false;
    }
    *ret_value = intern(interner, text);
    return true;
}

static bool expected(bool parsed, Str what, Str *ret_expected) {
    if (!parsed) {
        *ret_expected = what;
    }
    return parsed;
}

bool value_parse(Interner *interner, const Field *field, FieldType type, Str text,
                 int64_t *ret_value, Str *ret_expected) {
    switch (type) {
    case TYPE_NAME:
    case TYPE_REF:
        return parse_text(interner, LIMIT_NAME_BYTES, text, ret_value, ret_expected);
    case TYPE_STRING:
        return parse_text(interner, LIMIT_TEXT_BYTES, text, ret_value, ret_expected);
    case TYPE_VERSION:
        if (!parse_version(text)) {
            *ret_expected = STR("a version: numbers separated by dots, e.g. \"14.1\"");
            return false;
        }
        return parse_text(interner, LIMIT_NAME_BYTES, text, ret_value, ret_expected);
    case TYPE_ENUM:
        return expected(parse_enum(interner, field, text, ret_value), STR("enum"), ret_expected);
    case TYPE_BOOL:
        return parse_bool(text, ret_value, ret_expected);
    case TYPE_INT:
        return parse_int(field, text, ret_value, ret_expected);
    case TYPE_DURATION:
        return expected(parse_duration(text, ret_value),
                        STR("a duration such as 30s, 5m, 2h, 7d or 1h30m, or seconds"),
                        ret_expected);
    case TYPE_SHARE:
        return expected(parse_share(text, ret_value), STR("a share such as 25% or 2.5%"),
                        ret_expected);
    case TYPE_SIZE:
        return value_parse_size(text, false, ret_value, ret_expected);
    case TYPE_DATE:
        return expected(date_parse(text, ret_value),
                        looks_like_date(text) ? STR("a day that the calendar has")
                                              : STR("a date as YYYY-MM-DD"),
                        ret_expected);
    case TYPE_LIST:
    case TYPE_GROUP:
    case TYPE_CHILD:
        break;
    }
    *ret_expected = STR("no single value");
    return false;
}

bool value_parse_size(Str text, bool in_gb, int64_t *ret_value, Str *ret_expected) {
    int64_t thousandths;
    if (!parse_thousandths(text, &thousandths)) {
        *ret_expected = STR("a number, e.g. 16 or 1.5");
        return false;
    }
    int64_t mib = in_gb ? thousandths * 1024 : thousandths;
    if (mib % 1000) {
        *ret_expected = STR("a whole number of megabytes");
        return false;
    }
    *ret_value = (mib / 1000) << 1 | (in_gb ? 1 : 0);
    return true;
}

int version_cmp(Str a, Str b) {
    while (a.s || b.s) {
        Str x = STR_NONE;
        Str y = STR_NONE;
        if (a.s) {
            str_cut(&a, '.', &x);
        }
        if (b.s) {
            str_cut(&b, '.', &y);
        }
        int64_t m = 0;
        int64_t n = 0;
        str_to_int(x, &m);
        str_to_int(y, &n);
        if (m != n) {
            return m < n ? -1 : 1;
        }
    }
    return 0;
}
