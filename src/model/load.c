/* The native loader: a push automaton over the reader's events, driven by the schema. No document
 * tree: each value goes straight into its column. What is refused is skipped, and loading goes on,
 * so that one run reports all mistakes. */
#include "model/load.h"

#include "model/loader.h"

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
    Frame *frame = loader_top(loader);
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
    if (frame->item || gap || (field->type == TYPE_LIST && loader_is_head(loader, below))) {
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
    Str key = loader_name(loader, kind->plural);
    bool gap = !event->value.n && !event->quoted;
    Diag *diag =
        gap ? diag_error(loader->diags, event->loc, "'%.*s' has no value", STR_ARG(key))
            : diag_error(loader->diags, event->loc, "'%.*s' is a list of records", STR_ARG(key));
    diag_help(loader->diags, diag, "%s",
              gap ? "leave the key out, or write [] if there are none"
                  : "begin each record with '- name: ...'");
}

static void take_text(Loader *loader, const Event *event) {
    Frame *frame = loader_top(loader);
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

static void take_close(Loader *loader) {
    Frame *frame = loader_top(loader);
    if (!frame) {
        return;
    }
    if (frame->type == FRAME_RECORD) {
        loader_close_record(loader, frame);
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
        loader_take_open(loader, event);
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
