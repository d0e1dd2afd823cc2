/* The generated files that are committed are fresh, and libxml2 takes the XSD. UPDATE=1 in the
 * environment rewrites them instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/platform.h"
#include "report/report.h"
#include "rule/pack.h"

typedef struct World {
    Arena *arena;
    Interner *interner;
    Sources sources;
    Diags diags;
    Schema schema;
    Packs packs;
} World;

/* Adds the embedded files of a folder; those directly in it unless `deep`. */
static size_t add_files(World *world, Str folder, bool deep, SourceId *ids) {
    size_t count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        Str name = str_of(file->name);
        if (str_starts(name, folder) && (deep || str_find(name, '/', folder.n) == SIZE_MAX)) {
            ids[count++] =
                sources_add(&world->sources, name, (Str){file->data, file->size}, ORIGIN_EMBEDDED);
        }
    }
    return count;
}

static void fail_with_diags(World *world) {
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    report_diags(&world->diags, &world->sources, &(ReportOptions){.width = 100}, &buf);
    fail_msg("%.*s", STR_ARG(buf_str(&buf)));
}

static World *world_open(void) {
    Arena *arena = arena_open(0);
    World *world = arena_new(arena, World);
    world->arena = arena;
    world->interner = interner_open();
    sources_init(&world->sources, arena);
    diags_init(&world->diags, arena);
    ReadContext context = {&world->sources, &world->diags, arena};
    SourceId *ids = arena_array(arena, SourceId, embedded_file_count);
    schema_init(&world->schema, world->interner, arena);
    size_t count = add_files(world, STR("schemas/"), false, ids);
    if (!schema_read(&world->schema, &context, ids, count)) {
        fail_with_diags(world);
    }
    world->packs = (Packs){.arena = arena, .interner = world->interner};
    count = add_files(world, STR("rules/"), true, ids);
    if (!packs_read(&world->packs, &context, ids, count)) {
        fail_with_diags(world);
    }
    return world;
}

static void world_close(World *world) {
    interner_close(world->interner);
    arena_close(world->arena);
}

static void compare(World *world, const char *path, Buf *buf) {
    Str full = arena_printf(world->arena, "%s/%s", TEST_SOURCE_DIR, path);
    if (getenv("UPDATE")) {
        assert_false(file_write(world->arena, full.s, buf_str(buf)).failed);
    } else {
        Str committed = STR_NONE;
        Status status = file_read(world->arena, full.s, LIMIT_INPUT_BYTES, &committed);
        if (status.failed || !str_eq(committed, buf_str(buf))) {
            fail_msg("%s is not fresh: run this test with UPDATE=1", path);
        }
    }
    buf_clear(buf);
}

static void test_schemas(void **state) {
    (void)state;
    World *world = world_open();
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    report_schema_json(&world->schema, &buf);
    compare(world, "schemas/inventory.schema.json", &buf);
    report_schema_xsd(&world->schema, &buf);
    compare(world, "schemas/inventory.xsd", &buf);
    report_schema_markdown(&world->schema, &buf);
    compare(world, "docs/model.md", &buf);
    world_close(world);
}

static bool is_page_of_rule(const Rule *const *rules, size_t count, Str file) {
    for (size_t i = 0; i < count; i++) {
        if (str_starts(file, rules[i]->id) &&
            str_eq(str_slice(file, rules[i]->id.n, file.n), STR(".md"))) {
            return true;
        }
    }
    return false;
}

static void test_rule_pages(void **state) {
    (void)state;
    World *world = world_open();
    size_t count = 0;
    const Rule *const *rules = packs_rules(&world->packs, world->arena, &count);
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    report_rule_index(rules, count, &buf);
    compare(world, "docs/rules.md", &buf);
    report_mechanisms_page(&world->packs, &buf);
    compare(world, "docs/mechanisms.md", &buf);
    for (size_t i = 0; i < count; i++) {
        report_rule_page(rules[i], &world->sources, &buf);
        compare(world, arena_printf(world->arena, "docs/rules/%.*s.md", STR_ARG(rules[i]->id)).s,
                &buf);
    }
    Str *files = NULL;
    size_t file_count = 0;
    if (count) {
        assert_false(
            folder_list(world->arena, TEST_SOURCE_DIR "/docs/rules", &files, &file_count).failed);
    }
    for (size_t i = 0; i < file_count; i++) {
        if (!is_page_of_rule(rules, count, files[i])) {
            fail_msg("docs/rules/%.*s belongs to no rule", STR_ARG(files[i]));
        }
    }
    world_close(world);
}

static void ignore(void *context, const char *format, ...) {
    (void)context;
    (void)format;
}

/* True if the XML text is valid. */
static bool validates(xmlSchemaPtr schema, Str xml) {
    xmlDocPtr document = xmlReadMemory(xml.s, (int)xml.n, "x.xml", NULL, XML_PARSE_NONET);
    assert_non_null(document);
    xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);
    xmlSchemaSetValidErrors(context, ignore, ignore, NULL);
    int result = xmlSchemaValidateDoc(context, document);
    xmlSchemaFreeValidCtxt(context);
    xmlFreeDoc(document);
    return result == 0;
}

static void check_examples(World *world, xmlSchemaPtr schema) {
    Str *files = NULL;
    size_t count = 0;
    assert_false(folder_list(world->arena, TEST_SOURCE_DIR "/examples", &files, &count).failed);
    for (size_t i = 0; i < count; i++) {
        if (str_ends(files[i], STR(".xml"))) {
            Str path =
                arena_printf(world->arena, "%s/examples/%.*s", TEST_SOURCE_DIR, STR_ARG(files[i]));
            Str text = STR_NONE;
            assert_false(file_read(world->arena, path.s, LIMIT_INPUT_BYTES, &text).failed);
            if (!validates(schema, text)) {
                fail_msg("%s is not valid", path.s);
            }
        }
    }
}

static void test_xsd(void **state) {
    (void)state;
    World *world = world_open();
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    report_schema_xsd(&world->schema, &buf);
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt(buf.data, (int)buf.size);
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    assert_non_null(schema);
    check_examples(world, schema);
    assert_true(validates(schema, STR("<inventory topolint='1'><sites><site name='a'/></sites>"
                                      "</inventory>")));
    assert_false(validates(schema, STR("<inventory><sites/></inventory>")));
    assert_false(
        validates(schema, STR("<inventory topolint='1'><sites><site/></sites></inventory>")));
    assert_false(validates(schema, STR("<inventory topolint='1'><sitess/></inventory>")));
    xmlSchemaFree(schema);
    xmlSchemaFreeParserCtxt(parser);
    xmlSchemaCleanupTypes();
    xmlCleanupParser();
    buf_clear(&buf);
    world_close(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_schemas),
        cmocka_unit_test(test_rule_pages),
        cmocka_unit_test(test_xsd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
