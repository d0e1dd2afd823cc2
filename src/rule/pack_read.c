/* Reads the files of all packs: one folder below rules/ is one pack. */
#include "base/suggest.h"
#include "rule/pack_file.h"

/* Where a path of a pack file points: rules/<pack>/<rest>. */
typedef struct PackPath {
    Str pack, folder, name; /* folder: "tables" or empty; name without ".yaml" */
} PackPath;

/* "a/b/rules/dag/tables/x.yaml" -> dag, tables, x; also for a user's own folder. */
static bool parse_path(Str path, PackPath *ret) {
    if (!str_ends(path, STR(".yaml"))) {
        return false;
    }
    Str rest = str_slice(path, 0, path.n - 5);
    Str parts[3] = {STR_NONE, STR_NONE, STR_NONE}; /* the last three */
    Str part;
    while (str_cut(&rest, '/', &part)) {
        parts[0] = parts[1];
        parts[1] = parts[2];
        parts[2] = part;
    }
    bool table = str_eq(parts[1], STR("tables"));
    *ret = (PackPath){table ? parts[0] : parts[1], table ? parts[1] : STR_NONE, parts[2]};
    return ret->pack.n > 0 && ret->name.n > 0;
}

typedef enum FileType {
    FILE_PACK,
    FILE_VIEWS,
    FILE_NEEDS,
    FILE_MECHANISMS,
    FILE_SUGGEST,
    FILE_TABLE,
    FILE_RULE
} FileType;

static FileType file_type(const PackPath *path) {
    static const struct {
        Str name;
        FileType type;
    } names[] = {{STR_INIT("pack"), FILE_PACK},
                 {STR_INIT("views"), FILE_VIEWS},
                 {STR_INIT("dependencies"), FILE_NEEDS},
                 {STR_INIT("mechanisms"), FILE_MECHANISMS},
                 {STR_INIT("suggest"), FILE_SUGGEST}};
    if (path->folder.n) {
        return FILE_TABLE;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(path->name, names[i].name)) {
            return names[i].type;
        }
    }
    return FILE_RULE;
}

static void read_file(PackReader *reader, const Node *file, const PackPath *path) {
    Pack *pack = reader->pack;
    switch (file_type(path)) {
    case FILE_PACK:
        if (pack->loc.source) {
            diag_error(reader->diags, file->loc, "there are two packs \"%.*s\"",
                       STR_ARG(pack->name));
            return;
        }
        pack_file_read(reader, file);
        return;
    case FILE_VIEWS:
        views_file_read(reader, file);
        return;
    case FILE_NEEDS:
        dependency_file_read(reader, file);
        return;
    case FILE_MECHANISMS:
        mechanism_file_read(reader, file);
        return;
    case FILE_SUGGEST:
        suggest_file_read(reader, file);
        return;
    case FILE_TABLE: {
        const MemTable *table = table_file_read(reader, file);
        if (table) {
            pack->tables[pack->table_count++] = table;
        }
        return;
    }
    case FILE_RULE:
        pack->rules[pack->rule_count++] = rule_file_read(reader, file, path->name);
        return;
    }
}

/* One Pack for each folder, with room for its tables and rules. */
static void collect_packs(Packs *packs, const Sources *sources, const SourceId *files,
                          size_t count) {
    packs->items = arena_array(packs->arena, Pack, count);
    for (size_t i = 0; i < count; i++) {
        PackPath path;
        if (!parse_path(source_of(sources, files[i])->path, &path)) {
            continue;
        }
        Pack *pack = pack_of_name(packs, path.pack);
        if (!pack) {
            pack = &packs->items[packs->count++];
            *pack = (Pack){.name = path.pack};
        }
        pack->table_count += file_type(&path) == FILE_TABLE;
        pack->rule_count += file_type(&path) == FILE_RULE;
    }
    for (size_t i = 0; i < packs->count; i++) {
        Pack *pack = &packs->items[i];
        pack->tables = arena_array(packs->arena, const MemTable *, pack->table_count);
        pack->rules = arena_array(packs->arena, const Rule *, pack->rule_count);
        pack->table_count = 0;
        pack->rule_count = 0;
    }
}

static void check_requires(PackReader *reader, const Pack *pack) {
    for (size_t i = 0; i < pack->require_count; i++) {
        if (pack_of_name(reader->packs, pack->requires[i])) {
            continue;
        }
        Suggest suggest;
        suggest_init(&suggest, pack->requires[i]);
        for (size_t j = 0; j < reader->packs->count; j++) {
            suggest_try(&suggest, reader->packs->items[j].name);
        }
        Diag *diag = diag_error(reader->diags, pack->requires_loc, "there is no pack \"%.*s\"",
                                STR_ARG(pack->requires[i]));
        if (suggest.best.n) {
            diag_help(reader->diags, diag, "did you mean \"%.*s\"?", STR_ARG(suggest.best));
        }
    }
}

static void check_supersedes(PackReader *reader, const Rule *rule, const Rule **rules,
                             size_t count) {
    for (size_t i = 0; i < rule->supersedes_count; i++) {
        if (packs_find_rule(reader->packs, rule->supersedes[i])) {
            continue;
        }
        Suggest suggest;
        suggest_init(&suggest, rule->supersedes[i]);
        for (size_t j = 0; j < count; j++) {
            suggest_try(&suggest, rules[j]->id);
        }
        Diag *diag = diag_error(reader->diags, rule->supersedes_loc,
                                "rule \"%.*s\" supersedes \"%.*s\", which does not exist",
                                STR_ARG(rule->id), STR_ARG(rule->supersedes[i]));
        if (suggest.best.n) {
            diag_help(reader->diags, diag, "did you mean \"%.*s\"?", STR_ARG(suggest.best));
        }
    }
}

/* What can be seen only when all files are read. */
static void check_all(PackReader *reader) {
    for (size_t i = 0; i < reader->packs->count; i++) {
        check_requires(reader, &reader->packs->items[i]);
    }
    size_t count;
    const Rule **rules = packs_rules(reader->packs, reader->arena, &count);
    for (size_t i = 0; i < count; i++) {
        check_supersedes(reader, rules[i], rules, count);
        if (i && rules[i]->id.n && str_eq(rules[i]->id, rules[i - 1]->id)) {
            Diag *diag = diag_error(reader->diags, rules[i]->loc, "rule \"%.*s\" is there twice",
                                    STR_ARG(rules[i]->id));
            diag_place(reader->diags, diag, rules[i - 1]->loc, "also here");
        }
    }
}

bool packs_read(Packs *packs, const ReadContext *context, const SourceId *files, size_t count) {
    size_t before = context->diags->errors;
    PackReader reader = {.packs = packs,
                         .arena = packs->arena,
                         .diags = context->diags,
                         .sources = context->sources};
    collect_packs(packs, context->sources, files, count);
    for (size_t i = 0; i < count; i++) {
        PackPath path;
        const Source *source = source_of(context->sources, files[i]);
        if (!parse_path(source->path, &path)) {
            continue;
        }
        const Node *file = tree_read_yaml(context, files[i], packs->arena);
        reader.pack = pack_of_name(packs, path.pack);
        reader.source = files[i];
        reader.builtin = source->origin == ORIGIN_EMBEDDED;
        if (file) {
            read_file(&reader, file, &path);
        }
    }
    for (size_t i = 0; i < packs->count; i++) {
        Pack *pack = &packs->items[i];
        rules_sort(pack->rules, pack->rule_count);
    }
    check_all(&reader);
    packs_order(&reader);
    return context->diags->errors == before;
}
