/* What is compiled in, and a run over the inputs of a story. */
#include "base/embedded.h"
#include "base/limits.h"
#include "base/platform.h"
#include "story.h"

static void print_diags(World *world) {
    for (size_t i = 0; i < world->diags.count; i++) {
        const Diag *diag = &world->diags.items[i];
        Str path = source_of(&world->sources, diag->loc.source)->path;
        fprintf(stderr, "%.*s:%u:%u: %.*s\n", STR_ARG(path), diag->loc.line, diag->loc.column,
                STR_ARG(diag->message));
    }
    diags_init(&world->diags, world->arena);
}

static bool read_embedded(World *world) {
    SourceId *schemas = arena_array(world->arena, SourceId, embedded_file_count);
    SourceId *rules = arena_array(world->arena, SourceId, embedded_file_count);
    size_t schema_count = 0;
    size_t rule_count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        Str name = str_of(file->name);
        if (str_starts(name, STR("schemas/import/"))) {
            continue;
        }
        SourceId id =
            sources_add(&world->sources, name, (Str){file->data, file->size}, ORIGIN_EMBEDDED);
        if (str_starts(name, STR("rules/"))) {
            rules[rule_count++] = id;
        } else {
            schemas[schema_count++] = id;
        }
    }
    return schema_read(&world->schema, &world->context, schemas, schema_count) &&
           packs_read(&world->packs, &world->context, rules, rule_count);
}

bool world_open(World *world) {
    *world = (World){.arena = arena_open(0), .interner = interner_open()};
    sources_init(&world->sources, world->arena);
    diags_init(&world->diags, world->arena);
    world->context = (ReadContext){&world->sources, &world->diags, world->arena};
    schema_init(&world->schema, world->interner, world->arena);
    world->packs = (Packs){.arena = world->arena, .interner = world->interner};
    bool good = read_embedded(world);
    print_diags(world);
    return good;
}

static void close_run(World *world) {
    if (world->lint) {
        lint_close(world->lint);
    }
    if (world->inventory) {
        inventory_close(world->inventory);
    }
    world->lint = NULL;
    world->inventory = NULL;
}

void world_close(World *world) {
    close_run(world);
    interner_close(world->interner);
    arena_close(world->arena);
}

static void begin(World *world) {
    close_run(world);
    interner_thaw(world->interner);
    world->inventory = inventory_open(&world->schema, &world->sources);
}

static bool finish(World *world, bool good, SourceId prefer) {
    LoadOptions options = {.as_of = STR_NONE, .prefer = prefer};
    good = good && inventory_finish(world->inventory, &world->diags, &options);
    world->lint =
        good ? lint_open(world->arena, &world->packs, world->inventory, &world->diags) : NULL;
    if (!world->lint) {
        print_diags(world);
    }
    diags_init(&world->diags, world->arena);
    return world->lint != NULL;
}

static bool load(World *world, Str path, Str text, SourceId *ret_id) {
    *ret_id = sources_add(&world->sources, path, text, ORIGIN_INPUT);
    bool xml = str_ends(path, STR(".xml"));
    return load_native(world->inventory, &world->context, *ret_id, xml ? read_xml : read_yaml, xml);
}

bool world_load(World *world, const Str *paths, size_t count) {
    begin(world);
    bool good = count > 0;
    SourceId last = 0;
    for (size_t i = 0; i < count && good; i++) {
        Str text;
        Status status = file_read(world->arena, paths[i].s, LIMIT_INPUT_BYTES, &text);
        if (status.failed) {
            fprintf(stderr, "%.*s\n", STR_ARG(status.reason));
            return false;
        }
        good = load(world, paths[i], text, &last);
    }
    return finish(world, good, count > 1 ? last : 0);
}

bool world_load_text(World *world, Str path, Str text) {
    begin(world);
    SourceId id;
    bool good = load(world, path, text, &id);
    return finish(world, good, 0);
}

Str entity_label(Arena *arena, const Inventory *inventory, EntityId id) {
    RowId row;
    const Schema *schema = inventory_schema(inventory);
    KindId kind = inventory_kind_of(inventory, id, &row);
    return arena_printf(arena, "%.*s:%.*s",
                        STR_ARG(sym_text(schema->interner, schema_kind(schema, kind)->name)),
                        STR_ARG(inventory_name(inventory, id)));
}
