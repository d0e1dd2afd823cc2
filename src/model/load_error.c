/* What the native loader says: what is wrong, what was expected, what was probably meant. */
#include "base/buf.h"
#include "base/suggest.h"
#include "model/loader.h"

/* A field's key as it is written: sizes have a unit. */
static Str key_of(const Loader *loader, const Field *field, bool in_gb) {
    Str name = loader_name(loader, field->name);
    return field->type != TYPE_SIZE
               ? name
               : arena_printf(loader->diags->arena, "%.*s%s", STR_ARG(name), in_gb ? "_gb" : "_mb");
}

/* ---- unknown names ---- */

static const Field *find_in(const Loader *loader, const Field *fields, size_t count, Str key) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(loader_name(loader, fields[i].name), key) ||
            (fields[i].type == TYPE_SIZE && (str_eq(key_of(loader, &fields[i], true), key) ||
                                             str_eq(key_of(loader, &fields[i], false), key)))) {
            return &fields[i];
        }
    }
    return NULL;
}

/* The fields of what stands behind a key: of a group, or of the child records. */
static const Field *fields_below(const Loader *loader, const Field *field, size_t *ret_count) {
    bool child =
        field->type == TYPE_CHILD || (field->type == TYPE_LIST && field->item_type == TYPE_CHILD);
    const Kind *kind = child ? schema_kind(loader->schema, field->target) : NULL;
    *ret_count = kind ? kind->field_count : field->field_count;
    return kind ? kind->fields : field->fields;
}

/* A size without its unit. */
static bool help_with_unit(Loader *loader, const Frame *frame, Str key, Diag *diag) {
    for (size_t i = 0; i < frame->field_count; i++) {
        const Field *field = &frame->fields[i];
        if (field->type == TYPE_SIZE && str_eq(loader_name(loader, field->name), key)) {
            diag_help(loader->diags, diag, "did you mean '%.*s_gb' or '%.*s_mb'?", STR_ARG(key),
                      STR_ARG(key));
            return true;
        }
    }
    return false;
}

/* A field on the wrong level: below one of the fields here, or, inside a group, beside it. */
static bool help_with_level(Loader *loader, const Frame *frame, Str key, Diag *diag) {
    const Kind *kind = schema_kind(loader->schema, frame->kind);
    if (frame->type == FRAME_GROUP && find_in(loader, kind->fields, kind->field_count, key)) {
        diag_help(loader->diags, diag, "it is a field of %.*s, beside '%.*s'",
                  STR_ARG(loader_name(loader, kind->name)),
                  STR_ARG(loader_name(loader, frame->field->name)));
        return true;
    }
    for (size_t i = 0; i < frame->field_count; i++) {
        Str name = loader_name(loader, frame->fields[i].name);
        size_t count;
        const Field *below = fields_below(loader, &frame->fields[i], &count);
        bool flat = str_starts(key, name) && key.n > name.n && key.s[name.n] == '_';
        Str rest = flat ? str_slice(key, name.n + 1, key.n) : key;
        const Field *field = find_in(loader, below, count, rest);
        if (field) {
            diag_help(loader->diags, diag, "it stands inside '%.*s'%s%.*s%s", STR_ARG(name),
                      flat ? ", as '" : "", STR_ARG(flat ? rest : STR_NONE), flat ? "'" : "");
            return true;
        }
    }
    return false;
}

static void try_field(const Loader *loader, const Field *field, Suggest *suggest) {
    if (field->type == TYPE_SIZE) {
        suggest_try(suggest, key_of(loader, field, true));
        suggest_try(suggest, key_of(loader, field, false));
    } else {
        suggest_try(suggest, loader_name(loader, field->name));
    }
}

static void list_fields(Loader *loader, const Frame *frame, Diag *diag) {
    Buf buf;
    buf_init(&buf, 8192);
    for (size_t i = 0; i < frame->field_count; i++) {
        bool size = frame->fields[i].type == TYPE_SIZE;
        buf_printf(&buf, "%s%.*s%s", i ? ", " : "",
                   STR_ARG(loader_name(loader, frame->fields[i].name)), size ? "_gb (or _mb)" : "");
    }
    diag_help(loader->diags, diag, "it can have %.*s", STR_ARG(buf_str(&buf)));
    buf_clear(&buf);
}

static Diag *complain_unknown(Loader *loader, const Frame *frame, const Event *event, bool head) {
    bool kind = head && event->type == EVENT_OPEN && event->shape != SHAPE_SCALAR;
    if (kind) {
        return diag_error(loader->diags, event->name_loc, "unknown kind '%.*s'",
                          STR_ARG(event->name));
    }
    bool group = frame->type == FRAME_GROUP;
    Str of = loader_name(loader, schema_kind(loader->schema, frame->kind)->name);
    return diag_error(loader->diags, event->name_loc, "unknown field '%.*s' of %.*s%s%.*s",
                      STR_ARG(event->name), STR_ARG(of), group ? "." : "",
                      STR_ARG(group ? loader_name(loader, frame->field->name) : STR_NONE));
}

void loader_refuse_name(Loader *loader, const Frame *frame, const Event *event) {
    bool head = frame->type == FRAME_RECORD && frame->kind == loader->inventory->head_kind;
    Diag *diag = complain_unknown(loader, frame, event, head);
    Suggest suggest;
    suggest_init(&suggest, event->name);
    for (size_t i = 0; i < frame->field_count; i++) {
        try_field(loader, &frame->fields[i], &suggest);
    }
    for (size_t i = 0; head && i < loader->schema->kind_count; i++) {
        if (loader->schema->kinds[i].plural) {
            suggest_try(&suggest, loader_name(loader, loader->schema->kinds[i].plural));
        }
    }
    if (help_with_unit(loader, frame, event->name, diag) ||
        help_with_level(loader, frame, event->name, diag)) {
        return;
    }
    if (suggest.best.n) {
        diag_help(loader->diags, diag, "did you mean '%.*s'?", STR_ARG(suggest.best));
    } else if (!head) {
        list_fields(loader, frame, diag);
    }
}

/* The first place where a field was given; that of its first field for a group. */
static Loc first_loc(const Loader *loader, const Frame *frame, const Field *field) {
    const Table *table = &loader->inventory->tables[frame->kind];
    Loc first = {0};
    if (field->column != NO_COLUMN) {
        return store_loc(&table->columns[field->column], frame->row);
    }
    for (size_t i = 0; i < field->field_count && !first.source; i++) {
        const Field *below = &field->fields[i];
        if (below->column != NO_COLUMN) {
            first = store_loc(&table->columns[below->column], frame->row);
        }
    }
    return first;
}

void loader_refuse_twice(Loader *loader, const Frame *frame, const Field *field,
                         const Event *event) {
    Diag *diag =
        diag_error(loader->diags, event->name_loc, "'%.*s' is given twice", STR_ARG(event->name));
    Loc first = first_loc(loader, frame, field);
    if (first.source) {
        diag_place(loader->diags, diag, first, "first here");
    }
}

/* ---- wrong shapes ---- */

void loader_refuse_shape(Loader *loader, const Field *field, const Event *event) {
    static const char *const got[] = {"an element", "a mapping", "a list", "a single value",
                                      "a row"};
    Str name = key_of(loader, field, true);
    Diag *diag = diag_error(loader->diags, event->loc.source ? event->loc : event->name_loc,
                            "'%.*s' cannot be %s", STR_ARG(name), got[event->shape]);
    if (field->type == TYPE_LIST && field->item_type == TYPE_CHILD) {
        diag_help(loader->diags, diag, "expected a list of records");
    } else if (field->type == TYPE_LIST) {
        bool text = event->value.n && event->value.n <= 80;
        diag_help(loader->diags, diag, "expected a list: [%.*s]",
                  STR_ARG(text ? event->value : loader_name(loader, field->item)));
    } else if (field->type == TYPE_GROUP || field->type == TYPE_CHILD) {
        diag_help(loader->diags, diag, "expected a mapping of fields");
    } else if (loader->xml) {
        diag_help(loader->diags, diag, "it is an attribute: %.*s=\"...\"", STR_ARG(name));
    } else {
        diag_help(loader->diags, diag, "expected a single value");
    }
}

void loader_refuse_attribute(Loader *loader, const Field *field, const Event *event) {
    Diag *diag =
        diag_error(loader->diags, event->name_loc, "'%.*s' is no attribute", STR_ARG(event->name));
    Str item = field->type == TYPE_LIST ? loader_name(loader, field->item) : STR_NONE;
    if (item.n && field->item_type != TYPE_CHILD) {
        diag_help(loader->diags, diag, "it is an element: <%.*s><%.*s>...</%.*s></%.*s>",
                  STR_ARG(event->name), STR_ARG(item), STR_ARG(item), STR_ARG(event->name));
    } else if (item.n) {
        diag_help(loader->diags, diag, "it is an element: <%.*s><%.*s .../></%.*s>",
                  STR_ARG(event->name), STR_ARG(item), STR_ARG(event->name));
    } else {
        diag_help(loader->diags, diag, "it is an element: <%.*s .../>", STR_ARG(event->name));
    }
}

void loader_refuse_gap(Loader *loader, const Field *field, bool item, bool in_gb, Loc loc) {
    Str name = key_of(loader, field, in_gb);
    if (item) {
        Diag *diag =
            diag_error(loader->diags, loc, "an item of '%.*s' has no value", STR_ARG(name));
        diag_help(loader->diags, diag, "%s",
                  loader->xml ? "write its text, or take the element out"
                              : "write it behind the '-', or take the '-' out");
        return;
    }
    const char *none = "";
    if (field->type == TYPE_LIST) {
        none = "; write [] if there is nothing";
    } else if (field->type == TYPE_REF || field->type == TYPE_CHILD ||
               (field->type == TYPE_GROUP && field->absent_none)) {
        none = "; write none if there is nothing";
    }
    Diag *diag = diag_error(loader->diags, loc, "'%.*s' has no value", STR_ARG(name));
    diag_help(loader->diags, diag, "leave the key out if it is not known%s", none);
}

/* ---- wrong values ---- */

static void list_values(Loader *loader, const Field *field, Diag *diag, Str got) {
    Suggest suggest;
    suggest_init(&suggest, got);
    Buf buf;
    buf_init(&buf, 4096);
    for (size_t i = 0; i < field->value_count; i++) {
        Str name = loader_name(loader, field->values[i].name);
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

static void complain_range(Loader *loader, const Field *field, Loc loc, Str got) {
    Str name = loader_name(loader, field->name);
    long long min = (long long)field->min;
    long long max = (long long)field->max;
    if (field->has_min && field->has_max) {
        diag_error(loader->diags, loc, "%.*s: %.*s is outside %lld..%lld", STR_ARG(name),
                   STR_ARG(got), min, max);
    } else if (field->has_min) {
        diag_error(loader->diags, loc, "%.*s: %.*s is less than %lld", STR_ARG(name), STR_ARG(got),
                   min);
    } else {
        diag_error(loader->diags, loc, "%.*s: %.*s is more than %lld", STR_ARG(name), STR_ARG(got),
                   max);
    }
}

void loader_expected(Loader *loader, const Field *field, bool in_gb, const Event *event,
                     Str expected) {
    Str got = event->value;
    Str shown = str_slice(got, 0, 80);
    while (shown.n && shown.n < got.n && ((unsigned char)got.s[shown.n] & 0xC0) == 0x80) {
        shown.n--; /* not inside a character */
    }
    if (str_eq(expected, STR("range"))) {
        complain_range(loader, field, event->loc, shown);
        return;
    }
    Diag *diag = diag_error(loader->diags, event->loc, "'%.*s' cannot be '%.*s%s'",
                            STR_ARG(key_of(loader, field, in_gb)), STR_ARG(shown),
                            shown.n < got.n ? "..." : "");
    if (str_eq(expected, STR("enum"))) {
        list_values(loader, field, diag, got);
    } else {
        diag_help(loader->diags, diag, "expected %.*s", STR_ARG(expected));
    }
}
