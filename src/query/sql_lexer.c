#include "query/sql_lexer.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

static bool pair_at(Str sql, size_t at, char a, char b) {
    return at + 1 < sql.n && sql.s[at] == a && sql.s[at + 1] == b;
}

static size_t skip_blanks(Str sql, size_t at) {
    while (at < sql.n) {
        if (is_blank(sql.s[at])) {
            at++;
        } else if (pair_at(sql, at, '-', '-')) {
            size_t end = str_find(sql, '\n', at);
            at = end == SIZE_MAX ? sql.n : end + 1;
        } else if (pair_at(sql, at, '/', '*')) {
            size_t end = at + 2;
            while (end < sql.n && !pair_at(sql, end, '*', '/')) {
                end++;
            }
            at = end < sql.n ? end + 2 : sql.n;
        } else {
            break;
        }
    }
    return at;
}

/* Behind the closing quote; a doubled quote stands for itself. */
static size_t quoted_end(Str sql, size_t at, char close) {
    for (at++; at < sql.n; at++) {
        if (sql.s[at] != close) {
            continue;
        }
        if (close == ']' || !pair_at(sql, at, close, close)) {
            return at + 1;
        }
        at++;
    }
    return sql.n;
}

static size_t word_end(Str sql, size_t at) {
    while (at < sql.n && is_word(sql.s[at])) {
        at++;
    }
    return at;
}

static size_t number_end(Str sql, size_t at) {
    while (at < sql.n && (is_word(sql.s[at]) || sql.s[at] == '.')) {
        at++;
    }
    return at;
}

static SqlTokenType quote_type(char c) {
    return c == '\'' ? SQL_STRING : SQL_QUOTED;
}

bool sql_next(Str sql, size_t *at, SqlToken *ret_token) {
    size_t from = skip_blanks(sql, *at);
    *at = from;
    if (from >= sql.n) {
        return false;
    }
    char c = sql.s[from];
    SqlTokenType type = SQL_OTHER;
    size_t end = from + 1;
    if (c == '\'' || c == '"' || c == '`' || c == '[') {
        type = quote_type(c);
        char close = c == '[' ? (char)']' : c;
        end = quoted_end(sql, from, close);
    } else if ((c == 'x' || c == 'X') && from + 1 < sql.n && sql.s[from + 1] == '\'') {
        end = quoted_end(sql, from + 1, '\'');
    } else if (is_digit(c)) {
        type = SQL_NUMBER;
        end = number_end(sql, from);
    } else if (c == '?' || c == ':' || c == '@' || c == '$' || c == '#') {
        type = SQL_PARAMETER;
        end = word_end(sql, from + 1);
    } else if (is_word(c)) {
        type = SQL_WORD;
        end = word_end(sql, from);
    }
    Str text = str_slice(sql, from, end);
    bool closed = text.n >= 2 && (type == SQL_QUOTED || type == SQL_STRING);
    *ret_token = (SqlToken){type, from, text, closed ? str_slice(text, 1, text.n - 1) : text};
    *at = end;
    return true;
}
