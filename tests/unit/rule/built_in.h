/* A run with the schemas and packs that are compiled in. */
#ifndef TEST_RULE_BUILT_IN_H
#define TEST_RULE_BUILT_IN_H

#include "base/embedded.h"
#include "fixture.h"

static inline bool builtin_read(Fixture *f) {
    SourceId *schemas = arena_array(f->arena, SourceId, embedded_file_count);
    SourceId *rules = arena_array(f->arena, SourceId, embedded_file_count);
    size_t schema_count = 0;
    size_t rule_count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        Str name = str_of(file->name);
        if (!str_ends(name, STR(".yaml")) || str_starts(name, STR("schemas/import/"))) {
            continue;
        }
        SourceId id =
            sources_add(&f->sources, name, (Str){file->data, file->size}, ORIGIN_EMBEDDED);
        if (str_starts(name, STR("rules/"))) {
            rules[rule_count++] = id;
        } else {
            schemas[schema_count++] = id;
        }
    }
    return schema_read(&f->schema, &f->context, schemas, schema_count) &&
           packs_read(&f->packs, &f->context, rules, rule_count);
}

#endif
