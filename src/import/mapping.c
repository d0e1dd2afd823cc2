#include "import/mapping.h"

#include "base/suggest.h"

typedef struct MappingReader {
    const Schema *schema;
    Arena *arena;
    Diags *diags;
} MappingReader;

static KindId read_kind(const MappingReader *reader, const Node *node, const char *key) {
    Str name = tree_text(reader->diags, node, key);
    KindId kind = name.n ? schema_find_kind(reader->schema, name) : (KindId)NO_KIND;
    if (name.n && kind == NO_KIND) {
        diag_error(reader->diags, tree_get(node, key)->loc, "there is no kind '%.*s'",
                   STR_ARG(name));
    }
    return kind;
}

static ColumnId find_column(const MappingReader *reader, KindId kind, Str name, Loc loc) {
    if (kind == NO_KIND) {
        return NO_COLUMN;
    }
    const Kind *of = schema_kind(reader->schema, kind);
    ColumnId column = kind_find_column(of, reader->schema->interner, name);
    if (column == NO_COLUMN) {
        Suggest suggest;
        suggest_init(&suggest, name);
        for (size_t i = 0; i < of->column_count; i++) {
            suggest_try(&suggest, sym_text(reader->schema->interner, of->columns[i].name));
        }
        Diag *diag =
            diag_error(reader->diags, loc, "%.*s has no column '%.*s'",
                       STR_ARG(sym_text(reader->schema->interner, of->name)), STR_ARG(name));
        if (suggest.best.n) {
            diag_help(reader->diags, diag, "did you mean '%.*s'?", STR_ARG(suggest.best));
        }
    }
    return column;
}

static TakePart read_take(const MappingReader *reader, const Node *node) {
    static const char *const names[] = {"datastore", "version", "number", "fqdn", NULL};
    Str text = tree_text(reader->diags, node, "take");
    for (int i = 0; text.n && names[i]; i++) {
        if (str_eq(text, str_of(names[i]))) {
            return (TakePart)(TAKE_DATASTORE + i);
        }
    }
    if (text.n) {
        diag_error(reader->diags, tree_get(node, "take")->loc,
                   "'take' is datastore, version, number or fqdn");
    }
    return TAKE_ALL;
}

static ColumnMaps read_columns(const MappingReader *reader, const Node *node, KindId kind) {
    static const char *const keys[] = {"field", "also",   "values", "take",
                                       "split", "unless", "counts", NULL};
    ColumnMaps maps = {0};
    if (!node) {
        return maps;
    }
    maps.items = arena_array(reader->arena, ColumnMap, node->count);
    for (size_t i = 0; i < node->count; i++) {
        const Node *item = &node->items[i];
        if (!tree_check_keys(reader->diags, item, keys, "column")) {
            continue;
        }
        Str field = tree_text(reader->diags, item, "field");
        maps.items[maps.count++] = (ColumnMap){
            .heading = item->key,
            .also = tree_get(item, "also"),
            .values = tree_get(item, "values"),
            .unless = tree_get(item, "unless"),
            .counts = tree_get(item, "counts"),
            .column = find_column(reader, kind, field, item->loc),
            .take = read_take(reader, item),
            .split = tree_text(reader->diags, item, "split"),
        };
    }
    return maps;
}

static void read_parent(const MappingReader *reader, const Node *node, SheetMap *sheet) {
    static const char *const keys[] = {"kind",   "field",   "name", "name_unless",
                                       "unless", "columns", NULL};
    if (!node || !tree_check_keys(reader->diags, node, keys, "parent")) {
        return;
    }
    sheet->parent_kind = read_kind(reader, node, "kind");
    sheet->field =
        find_column(reader, sheet->parent_kind, tree_text(reader->diags, node, "field"), node->loc);
    sheet->parent_name = tree_get(node, "name");
    sheet->parent_name_unless = tree_get(node, "name_unless");
    sheet->parent_unless = tree_get(node, "unless");
    sheet->parent_columns = read_columns(reader, tree_get(node, "columns"), sheet->parent_kind);
    if (!sheet->parent_name || sheet->parent_name->type != NODE_LIST ||
        !sheet->parent_name->count) {
        diag_error(reader->diags, node->loc, "a parent has a 'name': a list of headings");
    }
}

static void read_sheet(const MappingReader *reader, const Node *node, SheetMap *sheet) {
    static const char *const keys[] = {"kind",  "join",    "child",  "key",
                                       "scope", "columns", "parent", NULL};
    *sheet = (SheetMap){.name = node->key, .owner = NO_KIND, .parent_kind = NO_KIND};
    if (!tree_check_keys(reader->diags, node, keys, "sheet")) {
        return;
    }
    const Node *child = tree_get(node, "child");
    if (child) {
        sheet->role = SHEET_CHILDREN;
        sheet->kind = read_kind(reader, child, "kind");
        sheet->owner = read_kind(reader, child, "of");
        sheet->field =
            find_column(reader, sheet->owner, tree_text(reader->diags, child, "field"), child->loc);
        sheet->parent_columns = read_columns(reader, tree_get(child, "columns"), sheet->owner);
    } else if (tree_get(node, "join")) {
        sheet->role = SHEET_JOIN;
        sheet->kind = read_kind(reader, node, "join");
    } else {
        sheet->role = SHEET_RECORDS;
        sheet->kind = read_kind(reader, node, "kind");
        read_parent(reader, tree_get(node, "parent"), sheet);
    }
    sheet->key = tree_get(node, "key");
    if (!sheet->key || sheet->key->type != NODE_LIST || !sheet->key->count) {
        diag_error(reader->diags, node->loc, "a sheet has a 'key'");
    }
    sheet->scope = tree_text(reader->diags, node, "scope");
    sheet->columns = read_columns(reader, tree_get(node, "columns"), sheet->kind);
}

static void read_complete(const MappingReader *reader, const Node *list, Mapping *mapping) {
    if (!list) {
        return;
    }
    mapping->complete = arena_array(reader->arena, Complete, list->count);
    for (size_t i = 0; i < list->count; i++) {
        Str text = list->items[i].text;
        size_t dot = str_find(text, '.', 0);
        KindId kind = schema_find_kind(reader->schema, str_slice(text, 0, dot));
        if (kind == NO_KIND) {
            diag_error(reader->diags, list->items[i].loc, "'%.*s' begins with no kind",
                       STR_ARG(text));
            continue;
        }
        ColumnId column =
            dot == SIZE_MAX
                ? (ColumnId)NO_COLUMN
                : find_column(reader, kind, str_slice(text, dot + 1, text.n), list->items[i].loc);
        mapping->complete[mapping->complete_count++] = (Complete){kind, column};
    }
}

bool mapping_read(Mapping *mapping, const Node *file, const Schema *schema, Arena *arena,
                  Diags *diags) {
    static const char *const keys[] = {"import", "title", "complete", "as_of", "sheets", NULL};
    MappingReader reader = {schema, arena, diags};
    size_t errors = diags->errors;
    *mapping = (Mapping){0};
    const Node *sheets = tree_get(file, "sheets");
    if (!tree_check_keys(diags, file, keys, "mapping") || !sheets) {
        return false;
    }
    mapping->title = tree_text(diags, file, "title");
    mapping->as_of_sheet = tree_text(diags, tree_get(file, "as_of"), "sheet");
    mapping->as_of_column = tree_text(diags, tree_get(file, "as_of"), "column");
    read_complete(&reader, tree_get(file, "complete"), mapping);
    mapping->sheets = arena_array(arena, SheetMap, sheets->count);
    mapping->sheet_count = sheets->count;
    for (size_t i = 0; i < sheets->count; i++) {
        read_sheet(&reader, &sheets->items[i], &mapping->sheets[i]);
    }
    return diags->errors == errors;
}

const SheetMap *mapping_find_sheet(const Mapping *mapping, Str name) {
    for (size_t i = 0; i < mapping->sheet_count; i++) {
        if (str_eq_nocase(mapping->sheets[i].name, name)) {
            return &mapping->sheets[i];
        }
    }
    return NULL;
}

bool column_map_reads(const ColumnMap *map, Str heading) {
    if (str_eq_nocase(map->heading, heading)) {
        return true;
    }
    for (size_t i = 0; map->also && i < map->also->count; i++) {
        if (str_eq_nocase(map->also->items[i].text, heading)) {
            return true;
        }
    }
    return false;
}

const ColumnMap *column_maps_find(const ColumnMaps *maps, Str heading) {
    for (size_t i = 0; i < maps->count; i++) {
        if (column_map_reads(&maps->items[i], heading)) {
            return &maps->items[i];
        }
    }
    return NULL;
}

static bool lists(const Node *list, Str heading) {
    for (size_t i = 0; list && i < list->count; i++) {
        if (str_eq_nocase(list->items[i].text, heading)) {
            return true;
        }
    }
    return false;
}

bool sheet_map_wants(const SheetMap *sheet, Str heading) {
    return column_maps_find(&sheet->columns, heading) ||
           column_maps_find(&sheet->parent_columns, heading) || lists(sheet->key, heading) ||
           lists(sheet->parent_name, heading) || lists(sheet->parent_unless, heading) ||
           str_eq_nocase(sheet->scope, heading);
}

Str mapping_expected(const Mapping *mapping, Arena *arena) {
    Str text = STR_NONE;
    for (size_t i = 0; i < mapping->sheet_count; i++) {
        const SheetMap *sheet = &mapping->sheets[i];
        if (sheet->role != SHEET_RECORDS) {
            continue;
        }
        text = arena_printf(arena, "%.*s%s%.*s (", STR_ARG(text), text.n ? ", " : "",
                            STR_ARG(sheet->name));
        for (size_t k = 0; k < sheet->key->count; k++) {
            text = arena_printf(arena, "%.*s%s%.*s", STR_ARG(text), k ? " or " : "",
                                STR_ARG(sheet->key->items[k].text));
        }
        text = arena_printf(arena, "%.*s)", STR_ARG(text));
    }
    return text;
}
