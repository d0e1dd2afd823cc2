/* The native loader: a push automaton over the reader's events, driven by the schema. No document
 * tree: each value goes straight into its column. What is refused is skipped, and loading goes on,
 * so that one run reports all mistakes. */
#include "model/load.h"

#include <assert.h>

#include "model/loader.h"
#include "model/value.h"

static Frame *top(Loader *loader) {
    return loader->depth ? &loader->frames[loader->depth - 1] : NULL;
}

static Frame *push(Loader *loader, FrameType type, Loc loc) {
    assert(loader->depth < sizeof loader->frames / sizeof *loader->frames);
    Frame *frame = &loader->frames[loader->depth++];
    *frame = (Frame){.type = type, .loc = loc};
    return frame;
}

static Str name_of(const Loader *loader, Sym sym) {
    return sym_text(loader->interner, sym);
}

/* ---- opening ---- */

static void open_record(Loader *loader, KindId kind, RowId parent, ColumnId parent_column,
                        uint32_t position, Loc loc) {
    RowId row =
        inventory_add_record(loader->inventory, kind, loader->source, parent, parent_column, loc);
    if (row == NO_ROW) {
        diag_error(loader->diags, loc, "more than %d records", LIMIT_RECORDS);
        loader->skipping = 1;
        return;
    }
    loader->inventory->tables[kind].rows[row].position = position;
    const Kind *of = schema_kind(loader->schema, kind);
    Frame *frame = push(loader, FRAME_RECORD, loc);
    frame->kind = kind;
    frame->row = row;
    frame->fields = of->fields;
    frame->field_count = of->field_count;
}

static void open_head(Loader *loader, const Event *event) {
    KindId kind = loader->inventory->head_kind;
    if (event->shape == SHAPE_LIST || event->shape == SHAPE_SCALAR) {
        Diag *diag = diag_error(loader->diags, event->loc, "an inventory is a mapping");
        diag_help(loader->diags, diag, "it begins with 'topolint: 1'");
        loader->skipping = 1;
        return;
    }
    open_record(loader, kind, NO_ROW, NO_COLUMN, 0, event->loc);
    loader->head_row = top(loader) ? top(loader)->row : NO_ROW;
}

static void open_root_element(Loader *loader, const Event *event) {
    Sym head = schema_kind(loader->schema, loader->inventory->head_kind)->name;
    if (!str_eq(event->name, name_of(loader, head))) {
        Diag *diag = diag_error(loader->diags, event->name_loc, "the root element is <%.*s>",
                                STR_ARG(event->name));
        diag_help(loader->diags, diag, "an inventory is <%.*s topolint=\"1\">",
                  STR_ARG(name_of(loader, head)));
        loader->skipping = 1;
        return;
    }
    open_head(loader, event);
}

static bool shape_fits(const Loader *loader, const Field *field, Shape shape) {
    switch (field->type) {
    case TYPE_LIST:
        return shape == SHAPE_LIST || shape == SHAPE_ELEMENT || shape == SHAPE_SCALAR;
    case TYPE_GROUP:
    case TYPE_CHILD:
        return shape == SHAPE_MAP || shape == SHAPE_ELEMENT || shape == SHAPE_SCALAR;
    default:
        return shape == SHAPE_SCALAR && !loader->xml;
    }
}

static void open_list(Loader *loader, const Frame *record, const Field *field, const Event *event) {
    KindId kind = record->kind;
    RowId row = record->row;
    bool children = field->item_type == TYPE_CHILD;
    /* An empty list is stated as none; items replace the cell. */
    inventory_set_none(loader->inventory, kind, field->column, row, event->name_loc);
    Frame *frame = push(loader, children ? FRAME_COLLECTION : FRAME_LIST, event->name_loc);
    frame->kind = children ? field->target : kind;
    frame->row = row;
    frame->field = field;
}

static void open_group(Loader *loader, const Frame *record, const Field *field,
                       const Event *event) {
    KindId kind = record->kind;
    RowId row = record->row;
    if (field->column != NO_COLUMN) {
        inventory_set_value(loader->inventory, kind, field->column, row, 1, event->name_loc);
    }
    Frame *frame = push(loader, FRAME_GROUP, event->name_loc);
    frame->kind = kind;
    frame->row = row;
    frame->field = field;
    frame->fields = field->fields;
    frame->field_count = field->field_count;
}

static void open_scalar(Loader *loader, const Frame *record, const Field *field, Loc loc) {
    KindId kind = record->kind;
    RowId row = record->row;
    bool in_gb = record->in_gb;
    bool item = record->type == FRAME_LIST;
    Frame *frame = push(loader, FRAME_SCALAR, loc);
    frame->kind = kind;
    frame->row = row;
    frame->field = field;
    frame->in_gb = in_gb;
    frame->item = item;
}

static void open_field(Loader *loader, Frame *record, const Event *event) {
    const Field *field = loader_find_field(loader, record, event, event->merged);
    if (!field) {
        loader->skipping = 1;
        return;
    }
    if (!shape_fits(loader, field, event->shape)) {
        loader_refuse_shape(loader, field, event);
        loader->skipping = 1;
        return;
    }
    if (event->shape == SHAPE_SCALAR) { /* a value, or "none" where a structure may stand */
        open_scalar(loader, record, field, event->name_loc);
        return;
    }
    switch (field->type) {
    case TYPE_LIST:
        open_list(loader, record, field, event);
        break;
    case TYPE_GROUP:
        open_group(loader, record, field, event);
        break;
    case TYPE_CHILD:
        inventory_set_value(loader->inventory, record->kind, field->column, record->row, 1,
                            event->name_loc);
        open_record(loader, field->target, record->row, field->column, 0, event->name_loc);
        break;
    default:
        assert(false);
    }
}

static void open_collection(Loader *loader, KindId kind, const Event *event) {
    Frame *frame = push(loader, FRAME_COLLECTION, event->name_loc);
    frame->kind = kind;
    frame->row = NO_ROW;
}

static bool is_head(const Loader *loader, const Frame *frame) {
    return frame->type == FRAME_RECORD && frame->kind == loader->inventory->head_kind;
}

/* What stands behind a kind's key is no list; a missing value is told when its text comes. */
static void open_no_list(Loader *loader, KindId kind, const Event *event) {
    if (event->shape == SHAPE_SCALAR) {
        push(loader, FRAME_GAP, event->name_loc)->kind = kind;
        return;
    }
    Diag *diag =
        diag_error(loader->diags, event->loc, "'%.*s' is a list of records", STR_ARG(event->name));
    diag_help(loader->diags, diag, "begin each record with '- name: ...'");
    loader->skipping = 1;
}

static void open_in_head(Loader *loader, Frame *head, const Event *event) {
    KindId kind = schema_find_plural(loader->schema, event->name);
    if (kind == NO_KIND && (kind = schema_find_former(loader->schema, event->name)) != NO_KIND) {
        loader_note_former(loader, event, schema_kind(loader->schema, kind)->plural, "");
    }
    if (kind == NO_KIND) {
        open_field(loader, head, event);
        return;
    }
    Loc *first = &loader->kind_locs[kind];
    if (first->source) {
        if (!event->merged) {
            Diag *diag = diag_error(loader->diags, event->name_loc, "'%.*s' is given twice",
                                    STR_ARG(event->name));
            diag_place(loader->diags, diag, *first, "first here");
        }
        loader->skipping = 1;
        return;
    }
    *first = event->name_loc;
    if (event->shape == SHAPE_MAP || event->shape == SHAPE_SCALAR) {
        open_no_list(loader, kind, event);
        return;
    }
    open_collection(loader, kind, event);
}

static void open_in_collection(Loader *loader, Frame *frame, const Event *event) {
    const Kind *kind = schema_kind(loader->schema, frame->kind);
    Sym tag = frame->field ? frame->field->item : kind->name;
    bool former = !frame->field && former_has(&kind->formerly, loader->interner, event->name);
    if (loader->xml && !former && !str_eq(event->name, name_of(loader, tag))) {
        Diag *diag = diag_error(loader->diags, event->name_loc, "<%.*s> cannot stand here",
                                STR_ARG(event->name));
        diag_help(loader->diags, diag, "expected <%.*s>", STR_ARG(name_of(loader, tag)));
        loader->skipping = 1;
        return;
    }
    if (event->shape == SHAPE_LIST || event->shape == SHAPE_SCALAR) {
        Diag *diag = diag_error(loader->diags, event->loc, "a %.*s is a mapping of fields",
                                STR_ARG(name_of(loader, kind->name)));
        diag_help(loader->diags, diag, "e.g. {name: ...}");
        loader->skipping = 1;
        return;
    }
    frame->items++;
    if (!frame->field && frame->items == 1) {
        inventory_set_complete(loader->inventory, loader->source, frame->kind, NO_COLUMN);
    }
    open_record(loader, frame->kind, frame->row,
                frame->field ? frame->field->column : (ColumnId)NO_COLUMN,
                frame->field ? (uint32_t)frame->items : 0, event->name_loc);
}

static void open_in_list(Loader *loader, Frame *frame, const Event *event) {
    Str item = name_of(loader, frame->field->item);
    if (loader->xml && !str_eq(event->name, item)) {
        Diag *diag = diag_error(loader->diags, event->name_loc, "<%.*s> cannot stand here",
                                STR_ARG(event->name));
        diag_help(loader->diags, diag, "expected <%.*s>", STR_ARG(item));
        loader->skipping = 1;
    } else if (event->shape == SHAPE_MAP || event->shape == SHAPE_LIST) {
        diag_error(loader->diags, event->loc, "an item of '%.*s' is a single value",
                   STR_ARG(name_of(loader, frame->field->name)));
        loader->skipping = 1;
    } else {
        frame->items++;
        open_scalar(loader, frame, frame->field, event->name_loc);
    }
}

static void take_open(Loader *loader, const Event *event) {
    Frame *frame = top(loader);
    if (!frame) {
        if (loader->xml) {
            push(loader, FRAME_DOCUMENT, event->loc);
        } else {
            open_head(loader, event);
        }
        return;
    }
    switch (frame->type) {
    case FRAME_DOCUMENT:
        open_root_element(loader, event);
        break;
    case FRAME_RECORD:
        if (is_head(loader, frame)) {
            open_in_head(loader, frame, event);
        } else {
            open_field(loader, frame, event);
        }
        break;
    case FRAME_GROUP:
        open_field(loader, frame, event);
        break;
    case FRAME_COLLECTION:
        open_in_collection(loader, frame, event);
        break;
    case FRAME_LIST:
        open_in_list(loader, frame, event);
        break;
    case FRAME_GAP:
    case FRAME_SCALAR:
        diag_error(loader->diags, event->name_loc, "'%.*s' is a single value, not elements",
                   STR_ARG(name_of(loader, frame->field->name)));
        loader->skipping = 1;
        break;
    }
}

/* ---- values ---- */

/* A file of another format version is not read on. */
static void check_head(Loader *loader, const Frame *frame) {
    if (frame->kind == loader->inventory->head_kind) {
        loader->ended = !loader_check_version(loader);
    }
}

static bool is_structure(const Field *field) {
    return field->type == TYPE_LIST || field->type == TYPE_GROUP || field->type == TYPE_CHILD;
}

static void take_attribute(Loader *loader, const Event *event) {
    Frame *frame = top(loader);
    if (!frame || (frame->type != FRAME_RECORD && frame->type != FRAME_GROUP)) {
        diag_error(loader->diags, event->name_loc, "no attribute can stand here: '%.*s'",
                   STR_ARG(event->name));
        return;
    }
    const Field *field = loader_find_field(loader, frame, event, false);
    if (!field) {
        return;
    }
    if (!is_structure(field)) {
        loader_set(loader, frame, field, frame->in_gb, event);
        check_head(loader, frame);
    } else if (!str_eq(event->value, STR("none")) ||
               !loader_set_none(loader, frame, field, event->loc)) {
        loader_refuse_attribute(loader, field, event);
    }
}

/* A single value where a list, child or group could stand: "none", or in the head one item. */
static void take_structure_text(Loader *loader, Frame *frame, const Event *event) {
    const Field *field = frame->field;
    const Frame *below = &loader->frames[loader->depth - 2];
    bool none = str_eq(event->value, STR("none"));
    bool gap = !event->value.n && !event->quoted;
    if (frame->item || gap || (field->type == TYPE_LIST && is_head(loader, below))) {
        loader_set(loader, frame, field, false, event);
    } else if (!none || !loader_set_none(loader, frame, field, event->loc)) {
        Event scalar = *event;
        scalar.shape = SHAPE_SCALAR;
        loader_refuse_shape(loader, field, &scalar);
    }
}

/* One value behind a kind's key. */
static void take_kind_text(Loader *loader, const Frame *frame, const Event *event) {
    const Kind *kind = schema_kind(loader->schema, frame->kind);
    Str key = name_of(loader, kind->plural);
    bool gap = !event->value.n && !event->quoted;
    Diag *diag =
        gap ? diag_error(loader->diags, event->loc, "'%.*s' has no value", STR_ARG(key))
            : diag_error(loader->diags, event->loc, "'%.*s' is a list of records", STR_ARG(key));
    diag_help(loader->diags, diag, "%s",
              gap ? "leave the key out, or write [] if there are none"
                  : "begin each record with '- name: ...'");
}

static void take_text(Loader *loader, const Event *event) {
    Frame *frame = top(loader);
    if (frame && frame->type == FRAME_GAP) {
        take_kind_text(loader, frame, event);
        return;
    }
    Event trimmed;
    if (loader->xml) {
        trimmed = *event;
        trimmed.value = str_trim(event->value);
        event = &trimmed;
    }
    if (!frame || frame->type != FRAME_SCALAR) {
        Diag *diag = diag_error(loader->diags, event->loc, "text cannot stand here: '%.*s'",
                                STR_ARG(str_slice(event->value, 0, 40)));
        diag_help(loader->diags, diag, "values are attributes; items of a list are elements");
        return;
    }
    frame->done = true;
    if (is_structure(frame->field)) {
        take_structure_text(loader, frame, event);
    } else {
        loader_set(loader, frame, frame->field, frame->in_gb, event);
        check_head(loader, frame);
    }
}

/* ---- closing ---- */

static bool key_is_stated(const Loader *loader, const Frame *frame) {
    const Kind *kind = schema_kind(loader->schema, frame->kind);
    const Table *table = &loader->inventory->tables[frame->kind];
    for (size_t k = 0; k < kind->key_count; k++) {
        bool all = true;
        for (size_t i = 0; i < kind->keys[k].count; i++) {
            int64_t cell;
            all = all && store_get(&table->columns[kind->keys[k].columns[i]], frame->row, &cell);
        }
        if (all) {
            return true;
        }
    }
    return !kind->key_count;
}

/* A child record that is the only one of its field takes its parent's name. */
static bool may_borrow_name(const Loader *loader, const Frame *frame) {
    const Row *row = &loader->inventory->tables[frame->kind].rows[frame->row];
    return row->parent != NO_ROW && row->position == 0;
}

/* A part of the key was given, but refused: that was said already. */
static bool key_was_refused(const Loader *loader, const Frame *frame, const Key *key) {
    const Table *table = &loader->inventory->tables[frame->kind];
    for (size_t i = 0; i < frame->field_count; i++) {
        bool seen = frame->seen[i / 64] >> (i % 64) & 1;
        for (size_t k = 0; seen && k < key->count; k++) {
            int64_t cell;
            if (frame->fields[i].column == key->columns[k] &&
                !store_get(&table->columns[key->columns[k]], frame->row, &cell)) {
                return true;
            }
        }
    }
    return false;
}

static void complain_key(Loader *loader, const Frame *frame, const Key *key) {
    const Kind *kind = schema_kind(loader->schema, frame->kind);
    const Table *table = &loader->inventory->tables[frame->kind];
    Buf buf;
    buf_init(&buf, 1024);
    for (size_t i = 0; i < key->count; i++) {
        int64_t cell;
        if (!store_get(&table->columns[key->columns[i]], frame->row, &cell)) {
            buf_printf(&buf, "%s'%.*s'", buf.size ? " and " : "",
                       STR_ARG(name_of(loader, kind->columns[key->columns[i]].name)));
        }
    }
    diag_error(loader->diags, frame->loc, "a %.*s needs %.*s", STR_ARG(name_of(loader, kind->name)),
               STR_ARG(buf_str(&buf)));
    buf_clear(&buf);
}

static void close_record(Loader *loader, const Frame *frame) {
    const Kind *kind = schema_kind(loader->schema, frame->kind);
    if (kind->head || key_is_stated(loader, frame) || may_borrow_name(loader, frame)) {
        return;
    }
    const Key *key = &kind->keys[kind->key_count - 1];
    if (!key_was_refused(loader, frame, key)) {
        complain_key(loader, frame, key);
    }
    loader->inventory->tables[frame->kind].rows[frame->row].flags |= ROW_MERGED;
}

static void take_close(Loader *loader) {
    Frame *frame = top(loader);
    if (!frame) {
        return;
    }
    if (frame->type == FRAME_RECORD) {
        close_record(loader, frame);
    } else if (frame->type == FRAME_SCALAR && !frame->done) {
        loader_refuse_gap(loader, frame->field, frame->item, frame->in_gb, frame->loc);
    }
    loader->depth--;
}

static bool take_event(void *context, const Event *event) {
    Loader *loader = context;
    if (loader->skipping) {
        loader->skipping += event->type == EVENT_OPEN;
        loader->skipping -= event->type == EVENT_CLOSE;
        return true;
    }
    switch (event->type) {
    case EVENT_OPEN:
        take_open(loader, event);
        break;
    case EVENT_ATTRIBUTE:
        take_attribute(loader, event);
        break;
    case EVENT_TEXT:
        take_text(loader, event);
        break;
    case EVENT_CLOSE:
        take_close(loader);
        break;
    }
    return !loader->ended; /* mistakes beyond the limit are counted */
}

static Loader *loader_open(Inventory *inventory, Diags *diags, SourceId source, bool xml) {
    Source *of = source_of(inventory->sources, source);
    of->native = true;
    of->format = xml ? STR("xml") : STR("yaml");
    Loader *loader = arena_new(inventory->arena, Loader);
    loader->inventory = inventory;
    loader->schema = inventory->schema;
    loader->interner = inventory->schema->interner;
    loader->diags = diags;
    loader->source = source;
    loader->xml = xml;
    loader->head_row = NO_ROW;
    loader->kind_locs = arena_array(inventory->arena, Loc, inventory->schema->kind_count);
    return loader;
}

bool load_native(Inventory *inventory, const ReadContext *context, SourceId source, Reader *reader,
                 bool xml) {
    size_t errors = context->diags->errors;
    Loader *loader = loader_open(inventory, context->diags, source, xml);
    EventSink sink = {take_event, loader};
    enum { TEXT_BYTES = 128 }; /* of input for each new text, roughly */
    interner_expect(loader->interner, source_of(inventory->sources, source)->text.n / TEXT_BYTES);
    bool read = reader(context, source, &sink);
    loader_take_head(loader, true);
    if (loader->head_row == NO_ROW && read && context->diags->errors == errors) {
        diag_error(context->diags, (Loc){.source = source, .line = 1, .column = 1},
                   "the file is empty");
    }
    return context->diags->errors == errors;
}

bool load_tree(Inventory *inventory, const ReadContext *context, SourceId source,
               const Node *node) {
    size_t errors = context->diags->errors;
    Loader *loader = loader_open(inventory, context->diags, source, false);
    EventSink sink = {take_event, loader};
    tree_replay(node, &sink);
    loader_take_head(loader, false);
    return context->diags->errors == errors;
}
