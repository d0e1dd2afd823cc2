/* Files of a rule pack, given by the user: read, checked against the schema, run. The first line of
 * an input names the file, "# views.yaml"; without one it is a rule. */
#include <string.h>

#include "fuzz.h"
#include "rule/lint.h"

static const char pack_yaml[] = "topolint-pack: 1\nname: fuzz\nversion: 1\n";
static const char inventory_yaml[] =
    "topolint: 1\nhosts: [{name: H1}, {name: H2}]\n"
    "servers: [{name: S1, roles: [mailbox], vm: {name: S1, host: H1}}, {name: S2, vm: {name: "
    "S2}}]\n"
    "dags: [{name: D, members: [S1, S2], witness: {server: S1}}]\n";

static const char *file_of(Arena *arena, Str text) {
    if (!str_starts(text, STR("# "))) {
        return "rules/fuzz/rule.yaml";
    }
    Str line = str_slice(text, 2, str_find(text, '\n', 0));
    return arena_printf(arena, "rules/fuzz/%.*s", STR_ARG(line)).s;
}

static void run_packs(FuzzRun *run, Packs *packs) {
    LoadOptions options = {.as_of = STR("2024-06-01")};
    SourceId input = fuzz_source(run, "inventory.yaml", (const uint8_t *)inventory_yaml,
                                 sizeof inventory_yaml - 1, ORIGIN_INPUT);
    bool loaded = load_native(run->inventory, &run->context, input, read_yaml, false) &&
                  inventory_finish(run->inventory, &run->diags, &options);
    Lint *lint = loaded ? lint_open(run->arena, packs, run->inventory, &run->diags) : NULL;
    if (lint && lint_check_packs(lint, &run->diags)) {
        LintOptions how = {.threads = 1, .version = STR("0")};
        lint_run(lint, &how);
    }
    fuzz_check(run, lint != NULL);
    lint_close(lint);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzRun run;
    fuzz_open(&run);
    const char *path = file_of(run.arena, (Str){(const char *)data, size});
    SourceId files[2];
    size_t count = 0;
    if (strcmp(path, "rules/fuzz/pack.yaml") != 0) {
        files[count++] = fuzz_source(&run, "rules/fuzz/pack.yaml", (const uint8_t *)pack_yaml,
                                     sizeof pack_yaml - 1, ORIGIN_SETTINGS);
    }
    files[count++] = fuzz_source(&run, path, data, size, ORIGIN_SETTINGS);
    Packs packs = {.arena = run.arena, .interner = run.schema->interner};
    bool good = packs_read(&packs, &run.context, files, count);
    fuzz_check(&run, good);
    if (good) {
        run_packs(&run, &packs);
    }
    fuzz_close(&run);
    return 0;
}
