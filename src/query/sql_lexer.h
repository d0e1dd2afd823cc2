/* Tokens of SQL, as far as finding literals and names needs them. */
#ifndef QUERY_SQL_LEXER_H
#define QUERY_SQL_LEXER_H

#include "base/str.h"

typedef enum SqlTokenType {
    SQL_WORD,   /* keyword or name */
    SQL_QUOTED, /* a name in "..", [..] or `..` */
    SQL_STRING, /* a literal in '..' */
    SQL_NUMBER,
    SQL_PARAMETER, /* ?, :x, @x, $x */
    SQL_OTHER,     /* operators, parentheses, blobs */
} SqlTokenType;

typedef struct SqlToken {
    SqlTokenType type;
    size_t at;
    Str text;  /* as written */
    Str value; /* of a quoted name or string, without the quotes (doubled quotes stay doubled) */
} SqlToken;

/* The token at or behind `*at`, blanks and comments skipped; `*at` moves behind it. False at the
 * end. */
bool sql_next(Str sql, size_t *at, SqlToken *ret_token);

static inline bool sql_is_name(const SqlToken *token) {
    return token->type == SQL_WORD || token->type == SQL_QUOTED;
}

#endif
