#include "import/cell_text.h"

#include "base/fold.h"
#include "model/value.h"

static bool is_one_of(Str text, const char *const *words) {
    for (size_t i = 0; words[i]; i++) {
        if (str_eq_nocase(text, str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

bool cell_is_true(Str cell) {
    static const char *const words[] = {"true", "yes", "1", "wahr", "ja", "vrai", "oui", NULL};
    return is_one_of(str_trim(cell), words);
}

static bool is_false(Str cell) {
    static const char *const words[] = {"false", "no", "0", "falsch", "nein", "faux", "non", NULL};
    return is_one_of(cell, words);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static Str first_version(Str cell) {
    size_t from = 0;
    while (from < cell.n && !is_digit(cell.s[from])) {
        from++;
    }
    size_t to = from;
    while (to < cell.n && (is_digit(cell.s[to]) ||
                           (cell.s[to] == '.' && to + 1 < cell.n && is_digit(cell.s[to + 1])))) {
        to++;
    }
    return str_slice(cell, from, to);
}

Str cell_take(const ColumnMap *map, Str cell) {
    cell = str_trim(cell);
    switch (map->take) {
    case TAKE_ALL:
        return cell;
    case TAKE_DATASTORE: {
        size_t open = str_find(cell, '[', 0);
        size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(cell, ']', open);
        return close == SIZE_MAX ? STR_NONE : str_trim(str_slice(cell, open + 1, close));
    }
    case TAKE_VERSION:
        return first_version(cell);
    case TAKE_NUMBER: {
        Str version = first_version(cell);
        return str_slice(version, 0, str_find(version, '.', 0));
    }
    case TAKE_FQDN:
        return str_find(cell, '.', 0) == SIZE_MAX ? STR_NONE : cell;
    }
    return cell;
}

/* Where the whole part ends. In a text "16.384" and "16,384" are thousands: three digits follow the
 * last separator. */
static size_t whole_end(Str cell, bool number) {
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < cell.n; i++) {
        last = cell.s[i] == '.' || (cell.s[i] == ',' && !number) ? i : last;
    }
    bool thousands = !number && last != SIZE_MAX && cell.n - last == 4;
    return last == SIZE_MAX || thousands ? cell.n : last;
}

static bool only(Str text, char from, char to) {
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] < from || text.s[i] > to) {
            return false;
        }
    }
    return true;
}

/* "16,384", "16.384", "16 384", "16384.0": the digits of the whole part. Empty if something else
 * stands there, or a fraction where none is allowed. */
static Str plain_integer(Str cell, bool number, bool fraction, Buf *out) {
    size_t end = whole_end(cell, number);
    Str rest = str_slice(cell, end + 1, cell.n);
    if (!only(rest, '0', fraction ? '9' : '0')) {
        return STR_NONE;
    }
    buf_cut(out, 0);
    for (size_t i = 0; i < end;) {
        size_t at = i;
        uint32_t code = utf8_next(cell, &i);
        bool separator = code == ' ' || code == 0xA0 || code == 0x202F || code == '.' ||
                         code == ',' || code == '\'';
        if (is_digit(cell.s[at]) || (cell.s[at] == '-' && at == 0)) {
            buf_addc(out, cell.s[at]);
        } else if (!separator || number) {
            return STR_NONE;
        }
    }
    return buf_str(out);
}

/* Excel's day numbers: the 1900 system, in which day 25569 is 1970-01-01. */
static bool day_number(Str cell, Buf *out) {
    int64_t serial;
    if (!str_to_int(str_slice(cell, 0, str_find(cell, '.', 0)), &serial) || serial <= 20000 ||
        serial >= 80000) {
        return false;
    }
    char text[11];
    date_print(serial - 25569, text);
    buf_addz(out, text);
    return true;
}

/* Three numbers with one separator, before a time. The year is the one of four digits; behind the
 * year comes the month. Before it, dots mean day first; with slashes or hyphens only a number above
 * 12 tells the day. */
static bool day_parts(Str cell, Buf *out) {
    int64_t part[3] = {0};
    size_t digits[3] = {0};
    size_t n = 0;
    size_t i = 0;
    char separator = 0;
    for (; i < cell.n && n < 3; i++) {
        if (is_digit(cell.s[i]) && digits[n] < 4) {
            part[n] = part[n] * 10 + (cell.s[i] - '0');
            digits[n]++;
        } else if (n < 2 && digits[n] && (n == 0 || cell.s[i] == separator)) {
            separator = cell.s[i];
            n++;
        } else {
            break;
        }
    }
    bool known = separator == '.' || separator == '/' || separator == '-';
    bool ends = i == cell.n || cell.s[i] == ' ' || cell.s[i] == 'T';
    bool year_first = digits[0] == 4;
    if (n != 2 || !digits[2] || !known || !ends || (!year_first && digits[2] != 4)) {
        return false;
    }
    bool day_first = separator == '.' || part[0] > 12;
    if (!year_first && !day_first && part[1] <= 12 && part[0] != part[1]) {
        return false;
    }
    int64_t day = year_first ? part[2] : day_first ? part[0] : part[1];
    int64_t month = year_first || day_first ? part[1] : part[0];
    buf_printf(out, "%04d-%02d-%02d", (int)(year_first ? part[0] : part[2]), (int)month, (int)day);
    return true;
}

Str cell_date(Str cell, Buf *out) {
    buf_cut(out, 0);
    return day_number(cell, out) || day_parts(cell, out) ? buf_str(out) : STR_NONE;
}

static Str mapped_word(const ColumnMap *map, Str cell) {
    for (size_t i = 0; map->values && i < map->values->count; i++) {
        if (str_eq_nocase(map->values->items[i].key, cell)) {
            return map->values->items[i].text;
        }
    }
    return STR_NONE;
}

static Str enum_word(const Schema *schema, const Field *field, Str cell) {
    for (size_t i = 0; i < field->value_count; i++) {
        Str name = sym_text(schema->interner, field->values[i].name);
        if (str_eq_nocase(name, cell)) {
            return name;
        }
    }
    return cell;
}

static bool says_nothing(const ColumnMap *map, Str cell) {
    static const char *const words[] = {"n/a",    "#n/a",    "#ref!",   "#value!",
                                        "#name?", "unknown", "not set", NULL};
    for (size_t i = 0; map->unless && i < map->unless->count; i++) {
        if (str_eq_nocase(map->unless->items[i].text, cell)) {
            return true;
        }
    }
    return !cell.n || is_one_of(cell, words);
}

Str cell_text(const Schema *schema, const Field *field, const ColumnMap *map, Str cell, bool number,
              Buf *out) {
    if (says_nothing(map, cell)) {
        return STR_NONE;
    }
    Str word = mapped_word(map, cell);
    cell = word.n ? word : cell;
    Str text = cell;
    switch (field->type == TYPE_LIST ? field->item_type : field->type) {
    case TYPE_BOOL:
        return cell_is_true(cell) ? STR("true") : is_false(cell) ? STR("false") : cell;
    case TYPE_INT:
    case TYPE_DURATION:
        text = plain_integer(cell, number, false, out);
        break;
    case TYPE_SIZE:
        text = plain_integer(cell, number, true, out);
        break;
    case TYPE_DATE:
        text = cell_date(cell, out);
        break;
    case TYPE_ENUM:
        return enum_word(schema, field, cell);
    default:
        break;
    }
    return text.n ? text : cell;
}
