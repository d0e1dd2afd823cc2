/* Inside of reading packs, for the pack_*.c and *_file.c of rule/ alone: one function for each kind
 * of file, and what they share. Every mistake is a diagnostic; reading carries on behind it. */
#ifndef RULE_PACK_FILE_H
#define RULE_PACK_FILE_H

#include "rule/pack.h"

typedef struct PackReader {
    Packs *packs;
    Arena *arena; /* the packs' */
    Diags *diags;
    const Sources *sources;
    Pack *pack; /* that the file belongs to */
    SourceId source;
    bool builtin; /* compiled in: held to what topolint itself promises */
} PackReader;

/* One file each; `file` is its root. */
void pack_file_read(PackReader *reader, const Node *file);
void views_file_read(PackReader *reader, const Node *file);
void dependency_file_read(PackReader *reader, const Node *file);
void mechanism_file_read(PackReader *reader, const Node *file);
void suggest_file_read(PackReader *reader, const Node *file);
const MemTable *table_file_read(PackReader *reader, const Node *file);      /* NULL on a mistake */
const Rule *rule_file_read(PackReader *reader, const Node *file, Str name); /* without ".yaml" */

/* ---- packs as a whole (pack.c) ---- */

Pack *pack_of_name(const Packs *packs, Str name);  /* NULL if there is none */
void rules_sort(const Rule **rules, size_t count); /* by id */

/* Required packs first, else by name; a ring is an error. */
void packs_order(PackReader *reader);

/* ---- shared pieces (pack_field.c) ---- */

/* Text of a key that must be there and not be empty. */
Str field_need(PackReader *reader, const Node *map, const char *key);

/* The items of a list of texts, or the one text. */
Str *field_texts(PackReader *reader, const Node *map, const char *key, size_t *ret_count);

/* The list at `key`; NULL if absent, and with an error if it is something else. */
const Node *field_list(PackReader *reader, const Node *map, const char *key);

/* The mapping at `key`, likewise. */
const Node *field_map(PackReader *reader, const Node *map, const char *key);

bool field_bool(PackReader *reader, const Node *map, const char *key, bool otherwise);

/* The integer at `key`; `otherwise` if absent or none. */
int64_t field_int(PackReader *reader, const Node *map, const char *key, int64_t otherwise);

/* True if the value is one of the NULL-terminated names; else an error that lists them. */
bool field_choice(PackReader *reader, const Node *node, const char *const *names);

/* Kebab-case: [a-z][a-z0-9-]*. Else an error. */
bool field_is_id(PackReader *reader, const Node *node, Str text);

/* The name of a table or view, in snake case; else an error and the empty Str. */
Str field_table_name(PackReader *reader, const Node *map, const char *key);

/* SQL of `key` with the place of its first line. */
Str field_query(PackReader *reader, const Node *map, const char *key, Loc *ret_loc);

/* Reports each id that stands twice in a list of mappings with a key `id` or `name`. */
void field_check_twice(PackReader *reader, const Node *list, const char *key);

#endif
