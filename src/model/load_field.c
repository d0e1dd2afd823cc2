/* Fields of the native loader: finding them by name, setting them from text. */
#include "base/fold.h"
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

static bool is_key_of(const Field *field, Str name, Str key, bool *ret_gb) {
    if (field->type == TYPE_SIZE) {
        return is_size_key(name, key, ret_gb);
    }
    *ret_gb = false;
    return str_eq(name, key);
}

/* Records of one file mostly give their fields in one order: begin behind the last hit. */
static const Field *search(Frame *frame, Str key, size_t *ret_index) {
    for (size_t k = 0, i = frame->next; k < frame->field_count; k++, i++) {
        i = i < frame->field_count ? i : 0;
        const Field *field = &frame->fields[i];
        if (is_key_of(field, field->key, key, &frame->in_gb)) {
            *ret_index = i;
            return field;
        }
    }
    return NULL;
}

static const Field *search_former(const Loader *loader, Frame *frame, Str key, size_t *ret_index) {
    for (size_t i = 0; i < frame->field_count; i++) {
        const Field *field = &frame->fields[i];
        for (size_t k = 0; k < field->formerly.count; k++) {
            Str name = sym_text(loader->interner, field->formerly.names[k]);
            if (is_key_of(field, name, key, &frame->in_gb)) {
                *ret_index = i;
                return field;
            }
        }
    }
    return NULL;
}

void loader_note_former(Loader *loader, const Event *event, Sym now, const char *unit) {
    diag_note(loader->diags, event->name_loc, "'%.*s' is now called '%.*s%s'", STR_ARG(event->name),
              STR_ARG(sym_text(loader->interner, now)), unit);
}

const Field *loader_find_field(Loader *loader, Frame *frame, const Event *event, bool merged) {
    size_t index = 0;
    const Field *field = search(frame, event->name, &index);
    if (!field && (field = search_former(loader, frame, event->name, &index))) {
        const char *unit = field->type != TYPE_SIZE ? "" : frame->in_gb ? "_gb" : "_mb";
        loader_note_former(loader, event, field->name, unit);
    }
    if (!field) {
        if (!str_starts(event->name, STR("x-"))) {
            loader_refuse_name(loader, frame, event);
        }
        return NULL;
    }
    frame->next = index + 1;
    uint64_t bit = (uint64_t)1 << (index % 64);
    if (frame->seen[index / 64] & bit) {
        if (!merged) {
            loader_refuse_twice(loader, frame, field, event);
        }
        return NULL;
    }
    frame->seen[index / 64] |= bit;
    if (frame->kind == loader->inventory->head_kind) {
        loader_note_head(loader, field);
    }
    return field;
}

/* The first control character but TAB and LF, which no text may hold; 0 if there is none. The
 * reader has refused bad UTF-8 and raw controls, but escapes can write them. */
static uint32_t control_in(Str text) {
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if ((c >= 0x20 && c < 0x7F) || c == '\t' || c == '\n') {
            continue;
        }
        if (c < 0x80 || c == 0xC2 || c == 0xED || c == 0xEF) {
            size_t at = i;
            uint32_t code = utf8_next(text, &at);
            if (utf8_is_control(code)) {
                return code;
            }
        }
    }
    return 0;
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

static bool same_item(const Loader *loader, const Field *field, int64_t a, int64_t b) {
    bool name = field->item_type == TYPE_NAME || field->item_type == TYPE_REF;
    return a == b ||
           (name && sym_fold(loader->interner, (Sym)a) == sym_fold(loader->interner, (Sym)b));
}

/* The earlier item that equals the last one; NULL if there is none. */
static const Item *find_twice(const Loader *loader, const Frame *record, const Field *field) {
    const ColumnStore *store = &loader->inventory->tables[record->kind].columns[field->column];
    int64_t cell = 0;
    store_get(store, record->row, &cell);
    size_t count = list_count(cell);
    const Item *items = list_items(store, cell);
    /* Lists are short; a very long one is checked over its last items only. */
    size_t from = count > 257 ? count - 257 : 0;
    for (size_t i = from; i + 1 < count; i++) {
        if (same_item(loader, field, items[i].value, items[count - 1].value)) {
            return &items[i];
        }
    }
    return NULL;
}

static void drop_last(Loader *loader, const Frame *record, const Field *field) {
    ColumnStore *store = &loader->inventory->tables[record->kind].columns[field->column];
    int64_t cell = 0;
    store_get(store, record->row, &cell);
    store_set(store, record->row, list_cell(list_start(cell), list_count(cell) - 1),
              store_loc(store, record->row));
}

static void check_twice(Loader *loader, const Frame *record, const Field *field,
                        const Event *event) {
    bool text = field->type != TYPE_LIST || field->item_type == TYPE_STRING;
    const Item *first = text ? NULL : find_twice(loader, record, field);
    if (first) {
        Diag *diag =
            diag_error(loader->diags, event->loc, "'%.*s' is listed twice", STR_ARG(event->value));
        diag_place(loader->diags, diag, first->loc, "first here");
        drop_last(loader, record, field);
    }
}

void loader_set(Loader *loader, const Frame *record, const Field *field, bool in_gb,
                const Event *event) {
    Str text = event->value;
    if (!text.n && !event->quoted) {
        loader_refuse_gap(loader, field, record->type == FRAME_SCALAR && record->item, in_gb,
                          event->loc);
        return;
    }
    uint32_t control = control_in(text);
    if (control) {
        diag_error(loader->diags, event->loc, "'%.*s' holds the control character U+%04X",
                   STR_ARG(sym_text(loader->interner, field->name)), (unsigned)control);
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
        check_twice(loader, record, field, event);
        return;
    }
    loader_expected(loader, field, in_gb, event, expected);
}
