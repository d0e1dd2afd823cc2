/* The head of a native file: its format version, the day of its facts, what it does not list. */
#include "base/suggest.h"
#include "model/loader.h"
#include "model/value.h"

enum { FORMAT_VERSION = 1 };

static bool head_cell(const Loader *loader, const char *name, ColumnId *ret_column,
                      int64_t *ret_value) {
    KindId kind = loader->inventory->head_kind;
    *ret_column =
        kind_find_column(schema_kind(loader->schema, kind), loader->interner, str_of(name));
    return *ret_column != NO_COLUMN && loader->head_row != NO_ROW &&
           store_get(&loader->inventory->tables[kind].columns[*ret_column], loader->head_row,
                     ret_value);
}

bool loader_check_version(Loader *loader) {
    ColumnId column;
    int64_t version;
    if (!head_cell(loader, "topolint", &column, &version) || version == FORMAT_VERSION) {
        return true;
    }
    Loc loc = inventory_cell_loc(loader->inventory, loader->inventory->head_kind, column,
                                 loader->head_row);
    Diag *diag =
        diag_error(loader->diags, loc, "format version %lld: this topolint reads version %d",
                   (long long)version, FORMAT_VERSION);
    diag_help(loader->diags, diag,
              "a newer topolint reads it; nothing more of this file is checked");
    return false;
}

void loader_note_head(Loader *loader, const Field *field) {
    loader->version_tried |= str_eq(sym_text(loader->interner, field->name), STR("topolint"));
}

static void require_version(Loader *loader) {
    Loc start = {.source = loader->source, .line = 1, .column = 1};
    Diag *diag = diag_error(loader->diags, start, "this is no inventory: 'topolint' is missing");
    diag_help(loader->diags, diag, "%s",
              loader->xml ? "begin with <inventory topolint=\"1\">" : "begin with 'topolint: 1'");
}

static void note_as_of(Loader *loader) {
    ColumnId column;
    int64_t days;
    if (head_cell(loader, "as_of", &column, &days)) {
        Buf buf;
        buf_init(&buf, 64);
        const Field *field =
            schema_kind(loader->schema, loader->inventory->head_kind)->columns[column].field;
        value_print(&buf, loader->interner, field, field->type, days);
        source_of(loader->inventory->sources, loader->source)->as_of =
            arena_copy(loader->inventory->arena, buf_str(&buf));
        buf_clear(&buf);
    }
}

/* ---- partial ---- */

static void suggest_entries(const Loader *loader, KindId kind, Suggest *suggest) {
    const Schema *schema = loader->schema;
    if (kind != NO_KIND) { /* kind.field with a field that is none */
        const Kind *of = schema_kind(schema, kind);
        for (size_t c = 0; c < of->column_count; c++) {
            suggest_try(suggest, sym_text(loader->interner, of->columns[c].name));
        }
        return;
    }
    suggest_try(suggest, STR("true"));
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (schema->kinds[k].plural) {
            suggest_try(suggest, sym_text(loader->interner, schema->kinds[k].plural));
        }
    }
}

static void complain_entry(Loader *loader, const Item *item, KindId kind) {
    Str text = sym_text(loader->interner, (Sym)item->value);
    Str first = STR_NONE;
    Str wanted = text;
    if (kind != NO_KIND) {
        size_t dot = str_find(text, '.', 0);
        first = str_slice(text, 0, dot + 1);
        wanted = str_slice(text, dot + 1, text.n);
    }
    Suggest suggest;
    suggest_init(&suggest, wanted);
    suggest_entries(loader, kind, &suggest);
    Diag *diag = diag_error(loader->diags, item->loc, "partial: there is no '%.*s'", STR_ARG(text));
    if (suggest.best.n) {
        diag_help(loader->diags, diag, "did you mean '%.*s%.*s'?", STR_ARG(first),
                  STR_ARG(suggest.best));
    } else {
        diag_help(loader->diags, diag,
                  "name a kind by its top-level key, a field as kind.field, or say true for all");
    }
}

/* One entry: true, a kind by its top-level key, or kind.field. */
static void note_entry(Loader *loader, const Item *item) {
    Str text = sym_text(loader->interner, (Sym)item->value);
    Completeness entry = {loader->source, NO_KIND, NO_COLUMN, false};
    size_t dot = str_find(text, '.', 0);
    bool known = str_eq(text, STR("true"));
    if (dot != SIZE_MAX) {
        entry.kind = schema_find_kind(loader->schema, str_slice(text, 0, dot));
        Str field = str_slice(text, dot + 1, text.n);
        entry.column = entry.kind == NO_KIND
                           ? (ColumnId)NO_COLUMN
                           : kind_find_column(schema_kind(loader->schema, entry.kind),
                                              loader->interner, field);
        known = entry.column != NO_COLUMN;
    } else if (!known) {
        entry.kind = schema_find_plural(loader->schema, text);
        known = entry.kind != NO_KIND;
    }
    if (!known) {
        complain_entry(loader, item, entry.kind);
        return;
    }
    vec_push(loader->inventory->arena, &loader->inventory->completeness, entry);
}

static void note_partial(Loader *loader) {
    ColumnId column;
    int64_t cell;
    if (head_cell(loader, "partial", &column, &cell)) {
        Items items = inventory_items(loader->inventory, loader->inventory->head_kind, column,
                                      loader->head_row);
        for (size_t i = 0; i < items.count; i++) {
            note_entry(loader, &items.items[i]);
        }
    }
}

void loader_take_head(Loader *loader, bool must_have_version) {
    if (loader->head_row == NO_ROW || loader->ended) {
        return;
    }
    if (must_have_version && !loader->version_tried) {
        require_version(loader);
    }
    note_as_of(loader);
    note_partial(loader);
}
