/* Which words a statement uses, with those of the views it uses: to tell what it can touch without
 * running it. A word in a comment or text counts too, which only costs work. */
#ifndef RULE_MENTIONS_H
#define RULE_MENTIONS_H

#include "rule/pack.h"

/* The statement and the views it uses, through views; in the arena. */
typedef struct SqlClosure {
    Str *items;
    size_t count;
} SqlClosure;
SqlClosure sql_closure(const Packs *packs, Arena *arena, Str sql);

/* True if one of them names it behind FROM, JOIN or a comma, without case: as a table. */
bool sql_mentions_table(const SqlClosure *closure, Str name);

/* True if one of them has the word (an identifier, without case). */
bool sql_mentions(const SqlClosure *closure, Str word);

/* True if one of them has an identifier that ends so. */
bool sql_mentions_ending(const SqlClosure *closure, Str ending);

/* True if one of them has an identifier that begins so. */
bool sql_mentions_beginning(const SqlClosure *closure, Str beginning);

/* Sets the mark of each of these views that the statement itself names. */
void sql_mark_views(const SqlView *views, size_t count, Str sql, bool *marks);

#endif
