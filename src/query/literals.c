/* Literals against the columns that a statement reads: a misspelt enum value is legal SQL and would
 * pass in silence (CONTRACTS.md section 7). */
#include "base/buf.h"
#include "base/suggest.h"
#include "query/connection.h"
#include "query/sql_lexer.h"

/* Calls `take` with each word that the column allows; stops when it returns true. */
typedef bool TakeWord(void *context, Str word);

static bool each_word(const Database *database, const ColumnDef *column, TakeWord *take,
                      void *context) {
    const Schema *schema = inventory_schema(database->inventory);
    bool found = false;
    switch (column->literals) {
    case LITERAL_FIELD:
        for (size_t i = 0; !found && i < column->field->value_count; i++) {
            found = take(context, sym_text(database->interner, column->field->values[i].name));
        }
        return found;
    case LITERAL_REFERENCE:
        return take(context, STR("none"));
    case LITERAL_KINDS:
        for (size_t i = 0; !found && i < schema->kind_count; i++) {
            found = take(context, sym_text(database->interner, schema->kinds[i].name));
        }
        return found;
    case LITERAL_WORDS:
        for (size_t i = 0; !found && column->words[i]; i++) {
            found = take(context, str_of(column->words[i]));
        }
        return found;
    case LITERAL_CELLS:
        for (size_t i = 0; !found && i < column->cells->row_count; i++) {
            int64_t cell = column->cells->cells[column->cells_column][i];
            found = cell != MEM_NULL && take(context, sym_text(database->interner, (Sym)cell));
        }
        return found;
    case LITERAL_NONE:
    case LITERAL_ANY:
        return false;
    }
    return false;
}

static bool is_closed(LiteralSource source) {
    return source == LITERAL_FIELD || source == LITERAL_KINDS || source == LITERAL_WORDS;
}

/* There is something to check: a column of known values, and none of free text from a kernel. */
static bool applies(const Database *database) {
    bool closed = false;
    for (size_t i = 0; i < database->reads.count; i++) {
        LiteralSource source = database->reads.items[i]->literals;
        if (source == LITERAL_ANY) {
            return false;
        }
        closed = closed || is_closed(source);
    }
    return closed;
}

static bool is_kebab(Str text) {
    if (!text.n || text.s[0] < 'a' || text.s[0] > 'z') {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        char c = text.s[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return true;
}

static bool take_equal(void *context, Str word) {
    const Str *wanted = context;
    return str_eq(*wanted, word);
}

static bool take_near(void *context, Str word) {
    suggest_try(context, word);
    return false;
}

static bool is_known(const Database *database, Str literal) {
    const char *const *words = database->catalog->words;
    for (size_t i = 0; words && words[i]; i++) {
        if (str_eq(literal, str_of(words[i]))) {
            return true;
        }
    }
    if (database->catalog->ad_hoc && intern_find(database->interner, literal)) {
        return true;
    }
    for (size_t i = 0; i < database->reads.count; i++) {
        if (each_word(database, database->reads.items[i], take_equal, &literal)) {
            return true;
        }
    }
    return false;
}

static bool take_list(void *context, Str word) {
    Buf *list = context;
    buf_printf(list, "%s%.*s", list->size ? ", " : "", STR_ARG(word));
    return false;
}

static void refuse(Database *database, const SqlToken *token, QueryError *ret_error) {
    Suggest suggest;
    suggest_init(&suggest, token->value);
    Buf list;
    buf_init(&list, 400);
    for (size_t i = 0; i < database->reads.count; i++) {
        const ColumnDef *column = database->reads.items[i];
        each_word(database, column, take_near, &suggest);
        if (is_closed(column->literals)) {
            each_word(database, column, take_list, &list);
        }
    }
    Str message =
        arena_printf(database->scratch, "'%.*s' is no value of a column that this statement reads",
                     STR_ARG(token->value));
    Str help = suggest.best.n ? arena_printf(database->scratch,
                                             "did you mean '%.*s'? Free text is written "
                                             "text('...')",
                                             STR_ARG(suggest.best))
                              : arena_printf(database->scratch,
                                             "values: %.*s%s; free text is written "
                                             "text('...')",
                                             STR_ARG(buf_str(&list)), list.truncated ? " ..." : "");
    query_error_set(database, ret_error, (long)token->at, message, help);
    buf_clear(&list);
}

/* What stands before a literal decides whether it is a value: not in text('..') nor AS '..'. */
static bool is_value(const SqlToken *before, const SqlToken *last) {
    bool in_text = str_eq(last->text, STR("(")) && str_eq_nocase(before->text, STR("text"));
    return !in_text && !str_eq_nocase(last->text, STR("as"));
}

bool literals_check(Database *database, Str sql, QueryError *ret_error) {
    if (!applies(database)) {
        return true;
    }
    SqlToken before = {.text = STR_NONE};
    SqlToken last = {.text = STR_NONE};
    SqlToken token;
    for (size_t at = 0; sql_next(sql, &at, &token);) {
        if (token.type == SQL_STRING && is_kebab(token.value) && is_value(&before, &last) &&
            !is_known(database, token.value)) {
            refuse(database, &token, ret_error);
            return false;
        }
        before = last;
        last = token;
    }
    return true;
}
