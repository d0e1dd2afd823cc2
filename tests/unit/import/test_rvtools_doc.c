/* docs/rvtools.md lists the columns as the mapping has them; UPDATE=1 rewrites the list. */
#include "../model/model_fixture.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/platform.h"
#include "import/mapping.h"

#define PAGE TEST_SOURCE_DIR "/docs/rvtools.md"
#define START "<!-- columns -->\n"
#define END "<!-- end of columns -->\n"

static void put_columns(Buf *out, const Fixture *fixture, Str sheet, KindId kind,
                        const ColumnMaps *maps) {
    const Kind *of = schema_kind(&fixture->schema, kind);
    for (size_t i = 0; i < maps->count; i++) {
        const ColumnMap *map = &maps->items[i];
        buf_printf(out, "| %.*s | %.*s", STR_ARG(sheet), STR_ARG(map->heading));
        for (size_t k = 0; map->also && k < map->also->count; k++) {
            buf_printf(out, ", %.*s", STR_ARG(map->also->items[k].text));
        }
        buf_printf(out, " | %.*s.%.*s |\n", STR_ARG(sym_text(fixture->interner, of->name)),
                   STR_ARG(sym_text(fixture->interner, of->columns[map->column].name)));
    }
}

static void put_mapping(Buf *out, const Fixture *fixture, const Mapping *mapping) {
    buf_addz(out, "| tab | column | field |\n|---|---|---|\n");
    for (size_t i = 0; i < mapping->sheet_count; i++) {
        const SheetMap *sheet = &mapping->sheets[i];
        for (size_t k = 0; sheet->parent_kind != NO_KIND && k < sheet->parent_name->count; k++) {
            const Kind *parent = schema_kind(&fixture->schema, sheet->parent_kind);
            buf_printf(out, "| %.*s | %.*s | %.*s.name, aliases |\n", STR_ARG(sheet->name),
                       STR_ARG(sheet->parent_name->items[k].text),
                       STR_ARG(sym_text(fixture->interner, parent->name)));
        }
        put_columns(out, fixture, sheet->name, sheet->kind, &sheet->columns);
        KindId above = sheet->role == SHEET_CHILDREN ? sheet->owner : sheet->parent_kind;
        if (above != NO_KIND) {
            put_columns(out, fixture, sheet->name, above, &sheet->parent_columns);
        }
    }
    buf_printf(out, "| %.*s | %.*s | the day of the export |\n", STR_ARG(mapping->as_of_sheet),
               STR_ARG(mapping->as_of_column));
}

static bool read_mapping(Fixture *fixture, Mapping *mapping) {
    ReadContext context = {&fixture->sources, &fixture->diags, fixture->arena};
    for (size_t i = 0; i < embedded_file_count; i++) {
        if (str_eq(str_of(embedded_files[i].name), STR("schemas/import/rvtools.yaml"))) {
            Str text = {embedded_files[i].data, embedded_files[i].size};
            SourceId source =
                sources_add(&fixture->sources, STR("rvtools.yaml"), text, ORIGIN_EMBEDDED);
            const Node *file = tree_read_yaml(&context, source, fixture->arena);
            return mapping_read(mapping, file, &fixture->schema, fixture->arena, &fixture->diags);
        }
    }
    return false;
}

static void test_page(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    Mapping mapping;
    assert_true(read_mapping(&fixture, &mapping));
    Str page;
    assert_false(file_read(fixture.arena, PAGE, LIMIT_INPUT_BYTES, &page).failed);
    size_t from = str_find_str(page, STR(START));
    size_t to = str_find_str(page, STR(END));
    assert_true(from < to && to != SIZE_MAX);
    Buf want;
    buf_init(&want, 1 << 20);
    buf_add(&want, str_slice(page, 0, from + sizeof START - 1));
    put_mapping(&want, &fixture, &mapping);
    buf_add(&want, str_slice(page, to, page.n));
    const char *update = getenv("UPDATE");
    if (update && *update == '1') {
        assert_false(file_write(fixture.arena, PAGE, buf_str(&want)).failed);
    } else if (!str_eq(page, buf_str(&want))) {
        fail_msg("docs/rvtools.md does not list the columns of the mapping; UPDATE=1 rewrites it");
    }
    buf_clear(&want);
    fixture_close(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
