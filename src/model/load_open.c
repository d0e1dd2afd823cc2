/* What is opened where: the state of the automaton decides, with the schema, what comes next. What
 * is refused is skipped with all that is inside it. */
#include <assert.h>

#include "model/loader.h"

static Frame *push(Loader *loader, FrameType type, Loc loc) {
    assert(loader->depth < sizeof loader->frames / sizeof *loader->frames);
    Frame *frame = &loader->frames[loader->depth++];
    *frame = (Frame){.type = type, .loc = loc};
    return frame;
}

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
    loader->head_row = loader_top(loader) ? loader_top(loader)->row : NO_ROW;
}

static void open_root_element(Loader *loader, const Event *event) {
    Sym head = schema_kind(loader->schema, loader->inventory->head_kind)->name;
    if (!str_eq(event->name, loader_name(loader, head))) {
        Diag *diag = diag_error(loader->diags, event->name_loc, "the root element is <%.*s>",
                                STR_ARG(event->name));
        diag_help(loader->diags, diag, "an inventory is <%.*s topolint=\"1\">",
                  STR_ARG(loader_name(loader, head)));
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
    if (loader->xml && !former && !str_eq(event->name, loader_name(loader, tag))) {
        Diag *diag = diag_error(loader->diags, event->name_loc, "<%.*s> cannot stand here",
                                STR_ARG(event->name));
        diag_help(loader->diags, diag, "expected <%.*s>", STR_ARG(loader_name(loader, tag)));
        loader->skipping = 1;
        return;
    }
    if (event->shape == SHAPE_LIST || event->shape == SHAPE_SCALAR) {
        Diag *diag = diag_error(loader->diags, event->loc, "a %.*s is a mapping of fields",
                                STR_ARG(loader_name(loader, kind->name)));
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
    Str item = loader_name(loader, frame->field->item);
    if (loader->xml && !str_eq(event->name, item)) {
        Diag *diag = diag_error(loader->diags, event->name_loc, "<%.*s> cannot stand here",
                                STR_ARG(event->name));
        diag_help(loader->diags, diag, "expected <%.*s>", STR_ARG(item));
        loader->skipping = 1;
    } else if (event->shape == SHAPE_MAP || event->shape == SHAPE_LIST) {
        diag_error(loader->diags, event->loc, "an item of '%.*s' is a single value",
                   STR_ARG(loader_name(loader, frame->field->name)));
        loader->skipping = 1;
    } else {
        frame->items++;
        open_scalar(loader, frame, frame->field, event->name_loc);
    }
}

void loader_take_open(Loader *loader, const Event *event) {
    Frame *frame = loader_top(loader);
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
        if (loader_is_head(loader, frame)) {
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
        assert(false); /* it stands for a scalar of YAML or JSON: only its text comes */
        break;
    case FRAME_SCALAR:
        diag_error(loader->diags, event->name_loc, "'%.*s' is a single value, not elements",
                   STR_ARG(loader_name(loader, frame->field->name)));
        loader->skipping = 1;
        break;
    }
}
