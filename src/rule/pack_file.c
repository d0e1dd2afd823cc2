/* pack.yaml and views.yaml. */
#include "rule/pack_file.h"

static void read_fault_sets(PackReader *reader, const Node *file) {
    static const char *const keys[] = {"name", "doc", "query", NULL};
    const Node *list = field_list(reader, file, "fault_sets");
    if (!list) {
        return;
    }
    Pack *pack = reader->pack;
    pack->fault_sets = arena_array(reader->arena, FaultSet, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (!tree_check_keys(reader->diags, node, keys, "fault set") && node->type != NODE_MAP) {
            continue;
        }
        FaultSet *set = &pack->fault_sets[pack->fault_set_count++];
        set->name = field_need(reader, node, "name");
        set->doc = field_need(reader, node, "doc");
        set->query = field_query(reader, node, "query", &set->query_loc);
        set->loc = node->loc;
        if (set->name.n) {
            field_is_id(reader, tree_get(node, "name"), set->name);
        }
    }
    field_check_twice(reader, list, "name");
}

static void read_not_seen(PackReader *reader, const Node *file) {
    static const char *const keys[] = {"layer", "query", NULL};
    const Node *list = field_list(reader, file, "not_seen");
    if (!list) {
        return;
    }
    Pack *pack = reader->pack;
    pack->not_seen = arena_array(reader->arena, NotSeen, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (tree_check_keys(reader->diags, node, keys, "not_seen") || node->type == NODE_MAP) {
            NotSeen *ask = &pack->not_seen[pack->not_seen_count++];
            ask->layer = field_need(reader, node, "layer");
            ask->query = field_query(reader, node, "query", &ask->query_loc);
        }
    }
}

void pack_file_read(PackReader *reader, const Node *file) {
    static const char *const keys[] = {"topolint-pack", "name",        "version",
                                       "requires",      "maintainers", "fault_sets",
                                       "not_seen",      "doc",         NULL};
    tree_check_keys(reader->diags, file, keys, "pack.yaml");
    const Node *format = tree_get(file, "topolint-pack");
    int64_t version = field_int(reader, file, "topolint-pack", 0);
    if (!format) {
        diag_error(reader->diags, file->loc, "`topolint-pack: 1` is missing");
    } else if (version != 1) {
        diag_error(reader->diags, format->loc, "pack format %lld; this topolint reads format 1",
                   (long long)version);
    }
    Str name = field_need(reader, file, "name");
    if (name.n && !str_eq(name, reader->pack->name)) {
        diag_error(reader->diags, tree_get(file, "name")->loc,
                   "pack \"%.*s\" stands in the folder \"%.*s\"", STR_ARG(name),
                   STR_ARG(reader->pack->name));
    }
    reader->pack->doc = tree_text(reader->diags, file, "doc");
    reader->pack->requires = field_texts(reader, file, "requires", &reader->pack->require_count);
    reader->pack->loc = file->loc;
    const Node *requires = tree_get(file, "requires");
    reader->pack->requires_loc = requires ? requires->loc : file->loc;
    read_fault_sets(reader, file);
    read_not_seen(reader, file);
}

static void read_columns(PackReader *reader, const Node *node, SqlView *view) {
    const Node *map = field_map(reader, node, "columns");
    view->column_count = map ? map->count : 0;
    struct SqlViewColumn *columns =
        arena_array(reader->arena, struct SqlViewColumn, view->column_count);
    for (size_t i = 0; i < view->column_count; i++) {
        columns[i] = (struct SqlViewColumn){map->items[i].key, map->items[i].text};
    }
    view->columns = columns;
}

void views_file_read(PackReader *reader, const Node *file) {
    static const char *const file_keys[] = {"views", NULL};
    static const char *const keys[] = {"name", "doc", "columns", "kept", "versions", "query", NULL};
    tree_check_keys(reader->diags, file, file_keys, "views.yaml");
    const Node *list = field_list(reader, file, "views");
    if (!list) {
        return;
    }
    Pack *pack = reader->pack;
    pack->views = arena_array(reader->arena, SqlView, list->count);
    pack->view_locs = arena_array(reader->arena, Loc, list->count);
    pack->view_keeping = arena_array(reader->arena, ViewKeeping, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (!tree_check_keys(reader->diags, node, keys, "view") && node->type != NODE_MAP) {
            continue;
        }
        SqlView *view = &pack->views[pack->view_count];
        ViewKeeping *keeping = &pack->view_keeping[pack->view_count];
        keeping->kept = field_bool(reader, node, "kept", false);
        keeping->versions = field_texts(reader, node, "versions", &keeping->version_count);
        view->name = field_table_name(reader, node, "name");
        view->doc = field_need(reader, node, "doc");
        view->sql = field_query(reader, node, "query", &pack->view_locs[pack->view_count++]);
        read_columns(reader, node, view);
    }
    field_check_twice(reader, list, "name");
}
