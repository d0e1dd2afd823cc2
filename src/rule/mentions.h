/* Which names the statements of packs use, with those of the views that they use: to tell what a
 * statement can touch without running it. The names that somebody asks about (tables, views,
 * columns of effective values) are numbered once; a text is read once, to a set of them. A name in
 * a comment or text counts too, which only costs work. */
#ifndef RULE_MENTIONS_H
#define RULE_MENTIONS_H

#include "rule/pack.h"

/* The names, and what each view of the packs uses. Read-only, safe from any thread. */
typedef struct Mentions Mentions;
Mentions *mentions_new(Arena *arena, const Packs *packs, const Schema *schema);

/* What a statement uses, directly and through views; in the arena. */
typedef struct SqlUse {
    const uint64_t *words;  /* names that occur anywhere in it */
    const uint64_t *tables; /* names behind FROM, JOIN or a comma: tables and views */
} SqlUse;
SqlUse mentions_of(const Mentions *mentions, Arena *arena, Str sql);

/* True if it reads the table or view, which must be one of the packs, the schema or the engine. */
bool mentions_table(const Mentions *mentions, const SqlUse *use, Str name);
/* The same for view number `view`: all packs' views in order. */
bool mentions_view(const Mentions *mentions, const SqlUse *use, size_t view);
/* What that view itself uses. */
SqlUse mentions_of_view(const Mentions *mentions, size_t view);

/* How many of the names it uses as tables. */
size_t mentions_count(const Mentions *mentions, const SqlUse *use);

/* True if it reads records of the kind or items of its lists. */
bool mentions_kind(const Mentions *mentions, const SqlUse *use, KindId kind);
/* True if it could read records: of kinds that packs derive, or (`any`) of whatever kind. */
bool mentions_records(const Mentions *mentions, const SqlUse *use, bool any);

/* A column with a default, whose `_effective` twin it names. */
typedef struct DefaultColumn {
    KindId kind;
    ColumnId column;
} DefaultColumn;
/* True if it names some. */
bool mentions_some_default(const Mentions *mentions, const SqlUse *use);
/* Those that it names; in the arena. */
DefaultColumn *mentions_defaults(const Mentions *mentions, const SqlUse *use, Arena *arena,
                                 size_t *ret_count);

#endif
