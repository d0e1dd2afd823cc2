/* Fields of the native loader: finding them by name, setting them from text. */
#include "base/fold.h"
#include "base/suggest.h"
#include "model/loader.h"
#include "model/value.h"

static bool is_size_key(Str field, Str key, bool *ret_gb) {
    if (key.n != field.n + 3 || !str_starts(key, field)) {
        return false;
    }
    Str suffix = str_slice(key, field.n, key.n);
    *ret_gb = str_eq(suffix, STR("_gb"));
    return *ret_gb || str_eq(suffix, STR("_mb"));
}

static bool matches(const Loader *loader, const Field *field, Str key, bool *ret_gb) {
    Str name = sym_text(loader->interner, field->name);
    if (field->type == TYPE_SIZE) {
        return is_size_key(name, key, ret_gb);
    }
    *ret_gb = false;
    return str_eq(name, key);
}

static void suggest_fields(const Loader *loader, const Frame *frame, Suggest *suggest) {
    for (size_t i = 0; i < frame->field_count; i++) {
        suggest_try(suggest, sym_text(loader->interner, frame->fields[i].name));
    }
}

/* "servers" -> "server" is a top-level key; a group's field written flat is a frequent slip. */
static void complain_unknown(Loader *loader, const Frame *frame, const Event *event) {
    bool head = frame->type == FRAME_RECORD && frame->kind == loader->inventory->head_kind;
    Str kind = sym_text(loader->interner, schema_kind(loader->schema, frame->kind)->name);
    Suggest suggest;
    suggest_init(&suggest, event->name);
    suggest_fields(loader, frame, &suggest);
    for (size_t i = 0; head && i < loader->schema->kind_count; i++) {
        if (loader->schema->kinds[i].plural) {
            suggest_try(&suggest, sym_text(loader->interner, loader->schema->kinds[i].plural));
        }
    }
    Diag *diag = head ? diag_error(loader->diags, event->name_loc, "unknown kind '%.*s'",
                                   STR_ARG(event->name))
                      : diag_error(loader->diags, event->name_loc,
                                   "unknown field '%.*s' of %.*s%s%.*s", STR_ARG(event->name),
                                   STR_ARG(kind), frame->type == FRAME_GROUP ? "." : "",
                                   STR_ARG(frame->type == FRAME_GROUP
                                               ? sym_text(loader->interner, frame->field->name)
                                               : STR_NONE));
    if (suggest.best.n) {
        diag_help(loader->diags, diag, "did you mean '%.*s'?", STR_ARG(suggest.best));
    }
}

static const Field *search(const Loader *loader, const Frame *frame, Str key, size_t *ret_index,
                           bool *ret_gb) {
    /* Records of one file mostly give their fields in one order: begin behind the last hit. */
    for (size_t k = 0, i = frame->next; k < frame->field_count; k++, i++) {
        i = i < frame->field_count ? i : 0;
        if (matches(loader, &frame->fields[i], key, ret_gb)) {
            *ret_index = i;
            return &frame->fields[i];
        }
    }
    *ret_gb = false;
    for (size_t i = 0; i < frame->field_count; i++) {
        Sym former = frame->fields[i].formerly;
        if (former && str_eq(sym_text(loader->interner, former), key)) {
            *ret_index = i;
            return &frame->fields[i];
        }
    }
    return NULL;
}

const Field *loader_find_field(Loader *loader, Frame *frame, const Event *event, bool merged) {
    size_t index = 0;
    const Field *field = search(loader, frame, event->name, &index, &frame->in_gb);
    if (!field) {
        if (!str_starts(event->name, STR("x-"))) {
            complain_unknown(loader, frame, event);
        }
        return NULL;
    }
    frame->next = index + 1;
    uint64_t bit = (uint64_t)1 << (index % 64);
    if (frame->seen[index / 64] & bit) {
        if (!merged) {
            Diag *diag = diag_error(loader->diags, event->name_loc, "'%.*s' is given twice",
                                    STR_ARG(event->name));
            Loc first =
                field->column == NO_COLUMN
                    ? (Loc){0}
                    : store_loc(&loader->inventory->tables[frame->kind].columns[field->column],
                                frame->row);
            if (first.source) {
                diag_place(loader->diags, diag, first, "first here");
            }
        }
        return NULL;
    }
    frame->seen[index / 64] |= bit;
    return field;
}

static void list_values(Loader *loader, const Field *field, Diag *diag, Str got) {
    Suggest suggest;
    suggest_init(&suggest, got);
    Buf buf;
    buf_init(&buf, 4096);
    for (size_t i = 0; i < field->value_count; i++) {
        Str name = sym_text(loader->interner, field->values[i].name);
        suggest_try(&suggest, name);
        buf_printf(&buf, "%s%.*s", i ? ", " : "", STR_ARG(name));
    }
    if (suggest.best.n) {
        diag_help(loader->diags, diag, "did you mean '%.*s'? It can be %.*s", STR_ARG(suggest.best),
                  STR_ARG(buf_str(&buf)));
    } else {
        diag_help(loader->diags, diag, "it can be %.*s", STR_ARG(buf_str(&buf)));
    }
    buf_clear(&buf);
}

void loader_expected(Loader *loader, const Field *field, Loc loc, Str got, Str expected) {
    Str name = sym_text(loader->interner, field->name);
    Str shown = str_slice(got, 0, 80);
    const char *cut = got.n > 80 ? "..." : "";
    if (str_eq(expected, STR("range"))) {
        Diag *diag = diag_error(loader->diags, loc, "%.*s: %.*s is outside %lld..%s", STR_ARG(name),
                                STR_ARG(shown), (long long)field->min, field->has_max ? "" : "any");
        if (diag && field->has_max) {
            diag->message = arena_printf(loader->diags->arena, "%.*s: %.*s is outside %lld..%lld",
                                         STR_ARG(name), STR_ARG(shown), (long long)field->min,
                                         (long long)field->max);
        }
        return;
    }
    Diag *diag = diag_error(loader->diags, loc, "'%.*s' cannot be '%.*s%s'", STR_ARG(name),
                            STR_ARG(shown), cut);
    if (str_eq(expected, STR("enum"))) {
        list_values(loader, field, diag, got);
    } else {
        diag_help(loader->diags, diag, "expected %.*s", STR_ARG(expected));
    }
}

/* No C0 or C1 control but TAB and LF; the reader has refused bad UTF-8. */
static bool is_clean(Str text) {
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F ||
            (c == 0xC2 && i + 1 < text.n && (unsigned char)text.s[i + 1] < 0xA0)) {
            return false;
        }
    }
    return true;
}

bool loader_set_none(Loader *loader, const Frame *record, const Field *field, Loc loc) {
    bool may = field->type == TYPE_REF || field->type == TYPE_CHILD ||
               (field->type == TYPE_GROUP && field->absent_none) ||
               (field->type == TYPE_LIST && field->absent_none);
    if (may) {
        inventory_set_none(loader->inventory, record->kind, field->column, record->row, loc);
    }
    return may;
}

static bool append_twice(const Loader *loader, const Frame *record, const Field *field) {
    const ColumnStore *store = &loader->inventory->tables[record->kind].columns[field->column];
    int64_t cell = 0;
    store_get(store, record->row, &cell);
    size_t count = list_count(cell);
    const Item *items = store->pool.items + list_start(cell);
    /* Lists are short; a very long one is checked over its last items only. */
    size_t from = count > 257 ? count - 257 : 0;
    for (size_t i = from; i + 1 < count; i++) {
        if (items[i].value == items[count - 1].value) {
            return true;
        }
    }
    return false;
}

void loader_set(Loader *loader, const Frame *record, const Field *field, bool in_gb,
                const Event *event) {
    Str text = event->value;
    if (!text.n && !event->quoted && !loader->xml) {
        Diag *diag = diag_error(loader->diags, event->loc, "'%.*s' has no value",
                                STR_ARG(sym_text(loader->interner, field->name)));
        diag_help(loader->diags, diag,
                  "leave the key out if it is not known; write none or [] if "
                  "there is nothing");
        return;
    }
    if (!is_clean(text)) {
        diag_error(loader->diags, event->loc, "'%.*s' holds a control character",
                   STR_ARG(sym_text(loader->interner, field->name)));
        return;
    }
    if (field->type == TYPE_REF && str_eq(text, STR("none"))) {
        loader_set_none(loader, record, field, event->loc);
        return;
    }
    Str expected = STR_NONE;
    if (field->type == TYPE_SIZE) {
        int64_t value;
        if (value_parse_size(text, in_gb, &value, &expected)) {
            store_set(&loader->inventory->tables[record->kind].columns[field->column], record->row,
                      value, event->loc);
            return;
        }
    } else if (inventory_set_text(loader->inventory, record->kind, field->column, record->row, text,
                                  event->loc, &expected)) {
        if (field->type == TYPE_LIST && field->item_type != TYPE_STRING &&
            append_twice(loader, record, field)) {
            diag_error(loader->diags, event->loc, "'%.*s' is listed twice", STR_ARG(text));
        }
        return;
    }
    loader_expected(loader, field, event->loc, text, expected);
}
