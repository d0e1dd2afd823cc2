#include "cli/inputs.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/platform.h"
#include "import/importer.h"
#include "model/value.h"

typedef struct Input {
    Str path, shown;
    Loc loc; /* where the settings name it; {0} = on the command line */
} Input;

static int compare_inputs(const void *a, const void *b) {
    const Input *x = a;
    const Input *y = b;
    return str_cmp(x->shown, y->shown);
}

static Input *typed_inputs(Arena *arena, const Str *paths, size_t count) {
    Input *inputs = arena_array(arena, Input, count);
    for (size_t i = 0; i < count; i++) {
        inputs[i] = (Input){paths[i], path_display(arena, paths[i].s), {0}};
    }
    return inputs;
}

static Input *settings_inputs(Session *session, size_t *ret_count) {
    const Node *list = session->settings.inputs;
    *ret_count = list ? list->count : 0;
    Input *inputs = arena_array(session->arena, Input, *ret_count);
    for (size_t i = 0; i < *ret_count; i++) {
        const Node *item = &list->items[i];
        Str path = settings_path(&session->settings, session->arena, item->text);
        inputs[i] = (Input){path, path_display(session->arena, path.s), item->loc};
    }
    return inputs;
}

static bool read_input(Session *session, const Input *input, SourceId *ret_source) {
    Str bytes;
    Status status = file_read(session->arena, input->path.s, LIMIT_INPUT_BYTES, &bytes);
    if (status.failed) {
        session_refuse(session, input->loc, status.reason);
        session_print_diags(session);
        return false;
    }
    *ret_source = sources_add(&session->sources, input->shown, bytes, ORIGIN_INPUT);
    if (!*ret_source) {
        complain("more than %d inputs", LIMIT_SOURCES - 1);
        return false;
    }
    return true;
}

/* ---- what a file holds ---- */

static bool looks_like_xml(Str path, Str bytes) {
    static const Str utf16[] = {STR_INIT("\xFF\xFE<"), STR_INIT("\xFE\xFF\0<"), STR_INIT("<\0"),
                                STR_INIT("\0<")};
    for (size_t i = 0; i < sizeof utf16 / sizeof *utf16; i++) {
        if (str_starts(bytes, utf16[i])) {
            return true;
        }
    }
    Str start = str_slice(bytes, str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0, bytes.n);
    start = str_trim(start);
    return str_starts(start, STR("<")) || (start.n && str_ends(path, STR(".xml")));
}

static bool is_binary(Str bytes) {
    return str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("\xD0\xCF\x11\xE0"));
}

static Str importer_names(Arena *arena) {
    Str names = STR_NONE;
    for (size_t i = 0; i < importer_count; i++) {
        names = arena_printf(arena, "%.*s%s%s", STR_ARG(names), i ? ", " : "", importers[i].title);
    }
    return names;
}

static bool load_import(Session *session, const Importer *importer, const SourceId *sources,
                        size_t count) {
    SourceId mapping = session_embedded_source(session, str_of(importer->mapping));
    const Node *rows = mapping ? tree_read_yaml(&session->context, mapping, session->arena) : NULL;
    return rows && importer->import(session->inventory, &session->context, sources, count, rows);
}

static const Importer *importer_of(const Session *session, SourceId source) {
    const Source *of = source_of(&session->sources, source);
    return importer_find(of->path, of->text);
}

/* All files of one importer are read together, in place of the first. */
static bool load_imports(Session *session, const SourceId *sources, size_t count, size_t first) {
    const Importer *importer = importer_of(session, sources[first]);
    SourceId *files = arena_array(session->arena, SourceId, count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (importer_of(session, sources[i]) == importer) {
            if (i < first) {
                return true;
            }
            files[n++] = sources[i];
        }
    }
    return load_import(session, importer, files, n);
}

static bool load_native_input(Session *session, SourceId source) {
    Str path = source_of(&session->sources, source)->path;
    Str text = source_of(&session->sources, source)->text;
    if (is_binary(text) || str_ends(path, STR(".csv"))) {
        Diag *diag =
            diag_error(&session->diags, (Loc){.source = source}, "no importer knows this file");
        diag_help(&session->diags, diag,
                  "expected an inventory in YAML or XML, or an export of: %.*s",
                  STR_ARG(importer_names(session->arena)));
        return false;
    }
    bool xml = looks_like_xml(path, text);
    return load_native(session->inventory, &session->context, source, xml ? read_xml : read_yaml,
                       xml);
}

static bool load_input(Session *session, const SourceId *sources, size_t count, size_t at) {
    return importer_of(session, sources[at]) ? load_imports(session, sources, count, at)
                                             : load_native_input(session, sources[at]);
}

/* ---- options ---- */

/* The day and the authority of this run. */
static int read_options(Session *session, const CommandLine *line, const SourceId *sources,
                        size_t count, LoadOptions *ret_options) {
    int64_t day;
    ret_options->as_of = option_text(line, "as-of");
    if (ret_options->as_of.n && !date_parse(ret_options->as_of, &day)) {
        complain("--as-of %s: expected a date as YYYY-MM-DD", ret_options->as_of.s);
        return EXIT_USAGE;
    }
    const Settings *settings = &session->settings;
    Str prefer = option_text(line, "prefer");
    if (!prefer.n && settings->prefer) {
        prefer = settings_path(settings, session->arena, settings->prefer->text);
    }
    Str shown = prefer.n ? path_display(session->arena, prefer.s) : STR_NONE;
    for (size_t i = 0; i < count && prefer.n; i++) {
        if (str_eq(source_of(&session->sources, sources[i])->path, shown)) {
            ret_options->prefer = sources[i];
        }
    }
    if (prefer.n && !ret_options->prefer) {
        bool typed = option_given(line, "prefer");
        Str reason = arena_printf(session->arena, "%s%.*s is none of the inputs",
                                  typed ? "--prefer " : "", STR_ARG(shown));
        session_refuse(session, typed ? (Loc){0} : settings->prefer->loc, reason);
        session_print_diags(session);
        return typed ? EXIT_USAGE : EXIT_INPUT;
    }
    return EXIT_CLEAN;
}

bool inputs_make(Session *session, const SourceId *sources, size_t count,
                 const LoadOptions *options) {
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        ArenaMark mark = arena_mark(session->scratch);
        good = load_input(session, sources, count, i) && good;
        arena_release(session->scratch, mark);
    }
    return inventory_finish(session->inventory, &session->diags, options) && good;
}

int inputs_take(Session *session, const CommandLine *line, const SourceId *sources, size_t count) {
    LoadOptions options = {.as_of = STR_NONE};
    int code = read_options(session, line, sources, count, &options);
    if (code != EXIT_CLEAN) {
        return code;
    }
    bool good = inputs_make(session, sources, count, &options);
    session_print_diags(session);
    if (good && !inventory_entity_count(session->inventory)) {
        complain("the inputs hold no records");
        good = false;
    }
    return good ? EXIT_CLEAN : EXIT_INPUT;
}

int inputs_read(Session *session, const CommandLine *line, const Str *paths, size_t count,
                SourceId **ret_sources, size_t *ret_count) {
    Input *inputs =
        count ? typed_inputs(session->arena, paths, count) : settings_inputs(session, &count);
    if (!count) {
        complain("%s: no input file", line->command->name);
        fprintf(stderr, "try: topolint %s --help\n", line->command->name);
        return EXIT_USAGE;
    }
    qsort(inputs, count, sizeof *inputs, compare_inputs);
    SourceId *sources = arena_array(session->arena, SourceId, count);
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = read_input(session, &inputs[i], &sources[i]) && good;
    }
    *ret_sources = sources;
    *ret_count = count;
    return good ? EXIT_CLEAN : EXIT_INPUT;
}

int inputs_load(Session *session, const CommandLine *line, const Str *paths, size_t count) {
    SourceId *sources;
    int code = inputs_read(session, line, paths, count, &sources, &count);
    return code == EXIT_CLEAN ? inputs_take(session, line, sources, count) : code;
}
