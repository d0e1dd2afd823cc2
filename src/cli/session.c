#include "cli/session.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/embedded.h"
#include "base/limits.h"
#include "base/platform.h"
#include "import/importer.h"
#include "model/value.h"
#include "report/report.h"

void complain(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("topolint: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

void session_print_diags(Session *session) {
    ReportOptions options = {.width = session->width, .colour = session->colour};
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    diags_sort(&session->diags, &session->sources);
    report_diags(&session->diags, &session->sources, &options, &out);
    fwrite(out.size ? out.data : "", 1, out.size, stderr);
    buf_clear(&out);
    diags_init(&session->diags, session->arena);
}

static bool wants_colour(const InputOptions *options) {
    if (options->color && str_eq(str_of(options->color), STR("always"))) {
        return true;
    }
    bool never = options->color && str_eq(str_of(options->color), STR("never"));
    const char *no_color = getenv("NO_COLOR");
    return !never && !(no_color && no_color[0]) && stream_is_terminal(stderr) &&
           stream_is_terminal(stdout);
}

/* Files of one embedded folder, without those of folders below if `deep` is false. */
static SourceId *embedded_sources(Session *session, Str folder, bool deep, size_t *ret_count) {
    VEC(SourceId) files = {0};
    for (size_t i = 0; i < embedded_file_count; i++) {
        Str name = str_of(embedded_files[i].name);
        Str rest = str_slice(name, folder.n, name.n);
        if (str_starts(name, folder) && (deep || str_find(rest, '/', 0) == SIZE_MAX)) {
            Str text = {embedded_files[i].data, embedded_files[i].size};
            vec_push(session->arena, &files,
                     sources_add(&session->sources, name, text, ORIGIN_EMBEDDED));
        }
    }
    *ret_count = files.count;
    return files.items;
}

bool session_open(Session *session, const InputOptions *options) {
    *session = (Session){.arena = arena_open(0), .interner = interner_open()};
    session->colour = wants_colour(options);
    session->width = stream_width(stdout);
    sources_init(&session->sources, session->arena);
    diags_init(&session->diags, session->arena);
    session->context = (ReadContext){&session->sources, &session->diags, session->arena};
    schema_init(&session->schema, session->interner, session->arena);
    size_t count;
    SourceId *schemas = embedded_sources(session, STR("schemas/"), false, &count);
    bool good = schema_read(&session->schema, &session->context, schemas, count);
    session->packs = (Packs){.arena = session->arena, .interner = session->interner};
    SourceId *rules = embedded_sources(session, STR("rules/"), true, &count);
    good = good && packs_read(&session->packs, &session->context, rules, count);
    if (!good) {
        session_print_diags(session);
        return false;
    }
    session->inventory = inventory_open(&session->schema, &session->sources);
    return true;
}

void session_close(Session *session) {
    inventory_close(session->inventory);
    interner_close(session->interner);
    arena_close(session->arena);
}

/* ---- inputs ---- */

static bool looks_like_xml(Str bytes) {
    Str start = str_slice(bytes, 0, 512);
    if (str_starts(start, STR("\xEF\xBB\xBF"))) {
        start = str_slice(start, 3, start.n);
    }
    bool wide = str_starts(start, (Str){"\xFF\xFE", 2}) || str_starts(start, (Str){"\xFE\xFF", 2});
    return str_starts(str_trim(start), STR("<")) || (wide && start.n > 3 && (start.s[2] == '<' || start.s[3] == '<'));
}

static const Node *read_mapping(Session *session, const Importer *importer) {
    for (size_t i = 0; i < embedded_file_count; i++) {
        if (str_eq(str_of(embedded_files[i].name), str_of(importer->mapping))) {
            Str text = {embedded_files[i].data, embedded_files[i].size};
            SourceId id = sources_add(&session->sources, str_of(importer->mapping), text,
                                      ORIGIN_EMBEDDED);
            return tree_read_yaml(&session->context, id, session->arena);
        }
    }
    return NULL;
}

static bool load_input(Session *session, SourceId source) {
    const Source *of = source_of(&session->sources, source);
    const Importer *importer = importer_find(of->path, of->text);
    if (importer) {
        const Node *mapping = read_mapping(session, importer);
        return mapping && importer->import(session->inventory, &session->context, source, mapping);
    }
    bool xml = looks_like_xml(of->text);
    return load_native(session->inventory, &session->context, source, xml ? read_xml : read_yaml,
                       xml);
}

static int compare_paths(const void *a, const void *b) {
    const char *const *x = a;
    const char *const *y = b;
    return str_cmp(str_of(*x), str_of(*y));
}

static bool read_input(Session *session, const char *path) {
    Str bytes;
    Status status = file_read(session->arena, path, LIMIT_INPUT_BYTES, &bytes);
    if (status.failed) {
        complain("%.*s", STR_ARG(status.reason));
        return false;
    }
    SourceId source = sources_add(&session->sources, path_display(session->arena, path), bytes,
                                  ORIGIN_INPUT);
    source_digest(&session->sources, source);
    session->inputs[session->input_count++] = source;
    return true;
}

static bool read_inputs(Session *session, const char **paths) {
    size_t count = 0;
    while (paths && paths[count]) {
        count++;
    }
    const char **sorted = arena_array(session->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = paths[i];
    }
    if (count) {
        qsort(sorted, count, sizeof *sorted, compare_paths);
    }
    session->inputs = arena_array(session->arena, SourceId, count);
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = read_input(session, sorted[i]) && good;
    }
    return good;
}

static bool find_preferred(Session *session, const char *path, SourceId *ret_source) {
    *ret_source = 0;
    if (!path) {
        return true;
    }
    Str shown = path_display(session->arena, path);
    for (size_t i = 0; i < session->input_count; i++) {
        if (str_eq(source_of(&session->sources, session->inputs[i])->path, shown)) {
            *ret_source = session->inputs[i];
            return true;
        }
    }
    complain("--prefer %s: it is none of the inputs", path);
    return false;
}

bool session_load(Session *session, const char **paths, const InputOptions *options) {
    LoadOptions load = {.as_of = str_of(options->as_of)};
    int64_t day;
    if (load.as_of.n && !date_parse(load.as_of, &day)) {
        complain("--as-of %s: expected a date as YYYY-MM-DD", options->as_of);
        return false;
    }
    if (!read_inputs(session, paths) || !find_preferred(session, options->prefer, &load.prefer)) {
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < session->input_count; i++) {
        good = load_input(session, session->inputs[i]) && good;
    }
    good = good && inventory_finish(session->inventory, &session->diags, &load);
    session_print_diags(session);
    return good;
}

bool session_write(Session *session, const char *path, Str text) {
    Status status = file_write(session->arena, path ? path : "-", text);
    if (status.failed) {
        complain("%.*s", STR_ARG(status.reason));
    }
    return !status.failed;
}
