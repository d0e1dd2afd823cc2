#include "fuzz.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "base/fold.h"
#include "base/limits.h"
#include "model/write.h"

enum { INPUTS_MAX = 2000 }; /* names of so many inputs share an interner */

static struct {
    Arena *arena;
    Interner *interner;
    Schema schema;
    size_t inputs;
} kept;

static void keep_schema(void) {
    if (kept.arena && kept.inputs++ < INPUTS_MAX) {
        return;
    }
    if (kept.arena) {
        interner_close(kept.interner);
        arena_close(kept.arena);
    }
    kept.arena = arena_open(0);
    kept.interner = interner_open();
    kept.inputs = 0;
    Sources sources;
    Diags diags;
    sources_init(&sources, kept.arena);
    diags_init(&diags, kept.arena);
    SourceId ids[256];
    size_t count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        Str name = str_of(file->name);
        if (str_starts(name, STR("schemas/")) && str_find(name, '/', 8) == SIZE_MAX) {
            assert(count < sizeof ids / sizeof *ids);
            ids[count++] =
                sources_add(&sources, name, (Str){file->data, file->size}, ORIGIN_EMBEDDED);
        }
    }
    ReadContext context = {&sources, &diags, kept.arena};
    schema_init(&kept.schema, kept.interner, kept.arena);
    bool good = schema_read(&kept.schema, &context, ids, count);
    assert(good);
    (void)good;
}

void fuzz_open(FuzzRun *run) {
    keep_schema();
    interner_thaw(kept.interner);
    *run = (FuzzRun){
        .arena = arena_open(0), .schema = &kept.schema, .mark = arena_mark(kept.schema.arena)};
    sources_init(&run->sources, run->arena);
    diags_init(&run->diags, run->arena);
    run->context = (ReadContext){&run->sources, &run->diags, run->arena};
    run->inventory = inventory_open(run->schema, &run->sources);
}

void fuzz_close(FuzzRun *run) {
    inventory_close(run->inventory);
    arena_release(kept.schema.arena, run->mark);
    arena_close(run->arena);
}

SourceId fuzz_source(FuzzRun *run, const char *path, const uint8_t *data, size_t size,
                     SourceOrigin origin) {
    Str bytes = arena_copy(run->arena, (Str){(const char *)data, size});
    return sources_add(&run->sources, str_of(path), bytes, origin);
}

SourceId fuzz_embedded(FuzzRun *run, const char *name) {
    for (size_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        if (strcmp(file->name, name) == 0) {
            return sources_add(&run->sources, str_of(name), (Str){file->data, file->size},
                               ORIGIN_EMBEDDED);
        }
    }
    assert(false); /* a target names a file that there is */
    return 0;
}

static void check_place(const FuzzRun *run, Loc loc) {
    assert(loc.source < run->sources.count);
    const Source *source = source_of(&run->sources, loc.source);
    if (loc.line && !source_is_table(source) && source->text.n) {
        Str line = source_line(&run->sources, loc.source, loc.line);
        assert(loc.line <= source->line_count + 1);
        assert(loc.column <= utf8_length(line) + 2); /* a mark may stand behind the end of a line */
    }
}

void fuzz_check(const FuzzRun *run, bool good) {
    assert(good || run->diags.errors);
    for (size_t i = 0; i < run->diags.count; i++) {
        const Diag *diag = &run->diags.items[i];
        assert(diag->message.n);
        check_place(run, diag->loc);
        for (size_t k = 0; k < diag->other_count; k++) {
            check_place(run, diag->others[k].loc);
        }
    }
}

static void print_messages(const FuzzRun *run) {
    for (size_t i = 0; i < run->diags.count; i++) {
        const Diag *diag = &run->diags.items[i];
        fprintf(stderr, "%u:%u: %.*s\n", diag->loc.line, diag->loc.column, STR_ARG(diag->message));
    }
}

/* Loads what was written and writes it as YAML again. */
static void load_again(FuzzRun *run, const Buf *text, bool xml, Buf *ret_yaml) {
    interner_thaw(kept.interner);
    SourceId source = sources_add(&run->sources, xml ? STR("again.xml") : STR("again.yaml"),
                                  arena_copy(run->arena, buf_str(text)), ORIGIN_INPUT);
    Inventory *inventory = inventory_open(run->schema, &run->sources);
    LoadOptions options = {.as_of = STR_NONE};
    bool good = load_native(inventory, &run->context, source, xml ? read_xml : read_yaml, xml) &&
                inventory_finish(inventory, &run->diags, &options);
    if (!good) {
        print_messages(run);
        fprintf(stderr, "%.*s\n", STR_ARG(buf_str(text)));
    }
    assert(good);
    write_yaml(inventory, ret_yaml);
    inventory_close(inventory);
}

bool fuzz_finish(FuzzRun *run, bool good) {
    LoadOptions options = {.as_of = STR_NONE};
    good = inventory_finish(run->inventory, &run->diags, &options) && good;
    fuzz_check(run, good);
    return good && inventory_entity_count(run->inventory);
}

void fuzz_write(FuzzRun *run) {
    Buf texts[4];
    for (int i = 0; i < 4; i++) {
        buf_init(&texts[i], LIMIT_INPUT_BYTES);
    }
    write_yaml(run->inventory, &texts[0]);
    write_xml(run->inventory, &texts[1]);
    load_again(run, &texts[0], false, &texts[2]);
    load_again(run, &texts[1], true, &texts[3]);
    assert(str_eq(buf_str(&texts[0]), buf_str(&texts[2])));
    assert(str_eq(buf_str(&texts[0]), buf_str(&texts[3])));
    for (int i = 0; i < 4; i++) {
        buf_clear(&texts[i]);
    }
}
