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
    case TAKE_HOST:
        return str_slice(cell, 0, str_find(cell, '.', 0));
    }
    return cell;
}

/* "16,384", "16.384", "16 384", "16384.0": the digits; a decimal part of zeros is dropped. Empty if
 * something else stands there. */
static Str plain_integer(Str cell, Buf *out) {
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < cell.n; i++) {
        last = cell.s[i] == '.' || cell.s[i] == ',' ? i : last;
    }
    bool thousands = last != SIZE_MAX && cell.n - last == 4;
    size_t end = last == SIZE_MAX || thousands ? cell.n : last;
    for (size_t i = end; i < cell.n; i++) {
        if (cell.s[i] != '0' && i > end) {
            return STR_NONE;
        }
    }
    buf_cut(out, 0);
    for (size_t i = 0; i < end;) {
        size_t at = i;
        uint32_t code = utf8_next(cell, &i);
        bool separator = code == ' ' || code == 0xA0 || code == 0x202F || code == '.' ||
                         code == ',' || code == '\'';
        if (is_digit(cell.s[at]) || (cell.s[at] == '-' && at == 0)) {
            buf_addc(out, cell.s[at]);
        } else if (!separator) {
            return STR_NONE;
        }
    }
    return buf_str(out);
}

/* Excel's day numbers (1900 system; day 25569 is 1970-01-01), or YYYY/MM/DD, YYYY-MM-DD with a time
 * behind it. */
static Str plain_date(Str cell, Buf *out) {
    buf_cut(out, 0);
    size_t dot = str_find(cell, '.', 0);
    int64_t serial;
    if (str_to_int(str_slice(cell, 0, dot), &serial) && serial > 20000 && serial < 80000) {
        char text[11];
        date_print(serial - 25569, text);
        buf_addz(out, text);
    } else if (cell.n >= 10 && (cell.s[4] == '/' || cell.s[4] == '-')) {
        buf_add(out, str_slice(cell, 0, 10));
        out->data[4] = '-';
        out->data[7] = '-';
    }
    return buf_str(out);
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
    static const char *const words[] = {"n/a", "unknown", "not set", NULL};
    for (size_t i = 0; map->unless && i < map->unless->count; i++) {
        if (str_eq_nocase(map->unless->items[i].text, cell)) {
            return true;
        }
    }
    return !cell.n || is_one_of(cell, words);
}

Str cell_text(const Schema *schema, const Field *field, const ColumnMap *map, Str cell, Buf *out) {
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
    case TYPE_SIZE:
    case TYPE_DURATION:
        text = plain_integer(cell, out);
        break;
    case TYPE_DATE:
        text = plain_date(cell, out);
        break;
    case TYPE_ENUM:
        return enum_word(schema, field, cell);
    default:
        break;
    }
    return text.n ? text : cell;
}
