/* Whether a loaded record states its key; one that does not is no record. */
#include "base/buf.h"
#include "model/loader.h"

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
                       STR_ARG(loader_name(loader, kind->columns[key->columns[i]].name)));
        }
    }
    diag_error(loader->diags, frame->loc, "a %.*s needs %.*s",
               STR_ARG(loader_name(loader, kind->name)), STR_ARG(buf_str(&buf)));
    buf_clear(&buf);
}

void loader_close_record(Loader *loader, const Frame *frame) {
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
