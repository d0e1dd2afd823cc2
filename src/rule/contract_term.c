#include "rule/contract_term.h"

/* Cuts the next word off; false if there is none. */
static bool next_word(Str *rest, Str *ret_word) {
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->s[n] != ' ' && rest->s[n] != '\t') {
        n++;
    }
    *ret_word = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->n);
    return n > 0;
}

static bool parse_part(Str text, struct TermPart *ret, const char **ret_reason) {
    Str word;
    int64_t count = 1;
    if (!next_word(&text, &word)) {
        *ret_reason = "a part of it is empty";
        return false;
    }
    if (str_to_int(word, &count)) {
        if (count < 1 || count > TERM_COUNT_MAX) {
            *ret_reason = "the number of losses is 1 to 99";
            return false;
        }
        next_word(&text, &word);
    }
    Str set;
    Str more;
    if (!str_eq(word, STR("any")) || !next_word(&text, &set) || next_word(&text, &more)) {
        *ret_reason = "it is written `any SET`, `2 any SET` or `any SET + any SET`";
        return false;
    }
    *ret = (struct TermPart){(int)count, set};
    return true;
}

bool contract_term_parse(Str text, ContractTerm *ret_term, const char **ret_reason) {
    ContractTerm term = {0};
    Str part;
    while (str_cut(&text, '+', &part)) {
        if (term.part_count == TERM_PARTS_MAX) {
            *ret_reason = "it has more than four parts";
            return false;
        }
        struct TermPart *next = &term.parts[term.part_count];
        if (!parse_part(part, next, ret_reason)) {
            return false;
        }
        term.order += next->count;
        term.part_count++;
    }
    if (!term.part_count) {
        *ret_reason = "it is empty";
        return false;
    }
    *ret_term = term;
    return true;
}
