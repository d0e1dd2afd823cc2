#include "rule/mentions.h"

#include <assert.h>

#include "rule/name_set.h"

/* Tables of the engine that somebody asks about. */
static const char *const engine_tables[] = {"entity",      "kind",     "needs", "gate",
                                            "alternative", "contract", NULL};

static const char *const clause_begins[] = {"from", "join", NULL};
static const char *const clause_ends[] = {"select", "where", "on",    "using", "group", "order",
                                          "having", "union", "limit", "case",  NULL};

typedef struct Twin {
    DefaultColumn column;
    NameId name;
} Twin;

struct Mentions {
    Arena *arena;
    Names names;
    NameSet *kinds; /* the kind and its lists */
    NameSet records, derived;
    NameSet begins, ends; /* keywords of the FROM clause */
    VEC(Twin) twins;
    NameId *views; /* in the order of packs */
    SqlUse *uses;
    size_t kind_count, view_count;
};

/* ---- reading a text ---- */

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next identifier at or behind `*at`; false at the end. */
static bool next_word(Str sql, size_t *at, Str *ret_word) {
    size_t from = *at;
    while (from < sql.n && !is_word(sql.s[from])) {
        from++;
    }
    size_t to = from;
    while (to < sql.n && is_word(sql.s[to])) {
        to++;
    }
    *at = to;
    *ret_word = str_slice(sql, from, to);
    return to > from;
}

static bool behind_comma(Str sql, Str word) {
    size_t start = (size_t)(word.s - sql.s);
    while (start && (sql.s[start - 1] == ' ' || sql.s[start - 1] == '\n')) {
        start--;
    }
    return start && sql.s[start - 1] == ',';
}

/* What the text itself names; tables stand behind FROM or JOIN, and behind a comma of that
 * clause. */
static void read_text(const Mentions *mentions, Str sql, NameSet words, NameSet tables) {
    bool in_from = false;
    bool expected = false;
    Str word;
    for (size_t at = 0; next_word(sql, &at, &word);) {
        bool table = expected || (in_from && behind_comma(sql, word));
        NameId name = name_find(&mentions->names, word);
        expected = name_set_has(mentions->begins, name);
        in_from = expected || (in_from && !name_set_has(mentions->ends, name));
        if (name) {
            name_set_add(words, name);
            if (table && in_from) {
                name_set_add(tables, name);
            }
        }
    }
}

/* Adds what the views use that stand in the sets. */
static void join_views(const Mentions *mentions, NameSet words, NameSet tables) {
    for (size_t i = 0; i < mentions->view_count; i++) {
        const SqlUse *view = &mentions->uses[i];
        if (name_set_has(words, mentions->views[i])) {
            name_set_join(&mentions->names, words, view->words);
        }
        if (name_set_has(tables, mentions->views[i])) {
            name_set_join(&mentions->names, tables, view->tables);
        }
    }
}

SqlUse mentions_of(const Mentions *mentions, Arena *arena, Str sql) {
    NameSet words = name_set_new(&mentions->names, arena);
    NameSet tables = name_set_new(&mentions->names, arena);
    read_text(mentions, sql, words, tables);
    join_views(mentions, words, tables);
    return (SqlUse){words, tables};
}

/* ---- making it ---- */

static void add_list_of(Mentions *mentions, const char *const *words) {
    for (; *words; words++) {
        name_add(&mentions->names, str_of(*words));
    }
}

static NameSet set_of(const Mentions *mentions, const char *const *words) {
    NameSet set = name_set_new(&mentions->names, mentions->arena);
    for (; *words; words++) {
        name_set_add(set, name_find(&mentions->names, str_of(*words)));
    }
    return set;
}

static Str list_name(Arena *arena, const Schema *schema, const Kind *kind, const Column *column) {
    return arena_printf(arena, "%.*s_%.*s", STR_ARG(sym_text(schema->interner, kind->name)),
                        STR_ARG(sym_text(schema->interner, column->name)));
}

static void add_kind(Mentions *mentions, const Schema *schema, KindId id) {
    const Kind *kind = schema_kind(schema, id);
    name_add(&mentions->names, sym_text(schema->interner, kind->name));
    for (size_t i = 0; i < kind->column_count; i++) {
        const Column *column = &kind->columns[i];
        if (column->field->type == TYPE_LIST) {
            name_add(&mentions->names, list_name(mentions->arena, schema, kind, column));
        }
        if (column->field->has_default) {
            Str name = arena_printf(mentions->arena, "%.*s_effective",
                                    STR_ARG(sym_text(schema->interner, column->name)));
            Twin twin = {{id, (ColumnId)i}, name_add(&mentions->names, name)};
            vec_push(mentions->arena, &mentions->twins, twin);
        }
    }
}

static void add_names(Mentions *mentions, const Packs *packs, const Schema *schema) {
    add_list_of(mentions, clause_begins);
    add_list_of(mentions, clause_ends);
    add_list_of(mentions, engine_tables);
    for (size_t i = 0; i < schema->kind_count; i++) {
        add_kind(mentions, schema, (KindId)i);
    }
    size_t view = 0;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].view_count; j++) {
            mentions->views[view++] = name_add(&mentions->names, packs->items[i].views[j].name);
        }
    }
}

/* How many names there can be. */
static size_t count_names(const Mentions *mentions, const Schema *schema) {
    size_t most = 64 + mentions->view_count;
    for (size_t i = 0; i < schema->kind_count; i++) {
        most += 1 + schema->kinds[i].column_count * 2;
    }
    return most;
}

static size_t count_views(const Packs *packs) {
    size_t count = 0;
    for (size_t i = 0; i < packs->count; i++) {
        count += packs->items[i].view_count;
    }
    return count;
}

static void find_records(Mentions *mentions, const Schema *schema) {
    Arena *arena = mentions->arena;
    mentions->kinds = arena_array(arena, NameSet, mentions->kind_count);
    mentions->records = name_set_new(&mentions->names, arena);
    mentions->derived = name_set_new(&mentions->names, arena);
    name_set_add(mentions->derived, name_find(&mentions->names, STR("entity")));
    name_set_add(mentions->derived, name_find(&mentions->names, STR("kind")));
    for (size_t i = 0; i < mentions->kind_count; i++) {
        const Kind *kind = &schema->kinds[i];
        NameSet set = name_set_new(&mentions->names, arena);
        name_set_add(set, name_find(&mentions->names, sym_text(schema->interner, kind->name)));
        for (size_t c = 0; c < kind->column_count; c++) {
            if (kind->columns[c].field->type == TYPE_LIST) {
                name_set_add(set, name_find(&mentions->names,
                                            list_name(arena, schema, kind, &kind->columns[c])));
            }
        }
        mentions->kinds[i] = set;
        name_set_join(&mentions->names, kind->derived ? mentions->derived : mentions->records, set);
    }
    name_set_join(&mentions->names, mentions->records, mentions->derived);
}

/* Views use views: until none grows. */
static void read_views(Mentions *mentions, const Packs *packs) {
    Arena *arena = mentions->arena;
    NameSet *words = arena_array(arena, NameSet, mentions->view_count);
    NameSet *tables = arena_array(arena, NameSet, mentions->view_count);
    mentions->uses = arena_array(arena, SqlUse, mentions->view_count);
    size_t view = 0;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].view_count; j++, view++) {
            words[view] = name_set_new(&mentions->names, arena);
            tables[view] = name_set_new(&mentions->names, arena);
            mentions->uses[view] = (SqlUse){words[view], tables[view]};
            read_text(mentions, packs->items[i].views[j].sql, words[view], tables[view]);
        }
    }
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < mentions->view_count; i++) {
            for (size_t k = 0; k < mentions->view_count; k++) {
                if (name_set_has(words[i], mentions->views[k])) {
                    grown = name_set_join(&mentions->names, words[i], words[k]) || grown;
                }
                if (name_set_has(tables[i], mentions->views[k])) {
                    grown = name_set_join(&mentions->names, tables[i], tables[k]) || grown;
                }
            }
        }
    }
}

Mentions *mentions_new(Arena *arena, const Packs *packs, const Schema *schema) {
    Mentions *mentions = arena_new(arena, Mentions);
    mentions->arena = arena;
    mentions->kind_count = schema->kind_count;
    mentions->view_count = count_views(packs);
    names_init(&mentions->names, arena, count_names(mentions, schema));
    mentions->views = arena_array(arena, NameId, mentions->view_count);
    add_names(mentions, packs, schema);
    mentions->begins = set_of(mentions, clause_begins);
    mentions->ends = set_of(mentions, clause_ends);
    find_records(mentions, schema);
    read_views(mentions, packs);
    return mentions;
}

/* ---- asking ---- */

bool mentions_table(const Mentions *mentions, const SqlUse *use, Str name) {
    NameId id = name_find(&mentions->names, name);
    assert(id);
    return name_set_has(use->tables, id);
}

bool mentions_view(const Mentions *mentions, const SqlUse *use, size_t view) {
    return name_set_has(use->tables, mentions->views[view]);
}

SqlUse mentions_of_view(const Mentions *mentions, size_t view) {
    return mentions->uses[view];
}

size_t mentions_count(const Mentions *mentions, const SqlUse *use) {
    size_t count = 0;
    for (NameId name = 1; name < mentions->names.texts.count; name++) {
        count += name_set_has(use->tables, name);
    }
    return count;
}

bool mentions_kind(const Mentions *mentions, const SqlUse *use, KindId kind) {
    return name_sets_meet(&mentions->names, use->tables, mentions->kinds[kind]);
}

bool mentions_records(const Mentions *mentions, const SqlUse *use, bool any) {
    return name_sets_meet(&mentions->names, use->words,
                          any ? mentions->records : mentions->derived);
}

bool mentions_some_default(const Mentions *mentions, const SqlUse *use) {
    bool some = false;
    for (size_t i = 0; !some && i < mentions->twins.count; i++) {
        some = name_set_has(use->words, mentions->twins.items[i].name);
    }
    return some;
}

DefaultColumn *mentions_defaults(const Mentions *mentions, const SqlUse *use, Arena *arena,
                                 size_t *ret_count) {
    DefaultColumn *columns = arena_array(arena, DefaultColumn, mentions->twins.count);
    size_t count = 0;
    for (size_t i = 0; i < mentions->twins.count; i++) {
        if (name_set_has(use->words, mentions->twins.items[i].name)) {
            columns[count++] = mentions->twins.items[i].column;
        }
    }
    *ret_count = count;
    return columns;
}
