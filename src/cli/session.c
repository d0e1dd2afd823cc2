#include "cli/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/platform.h"
#include "cli/command.h"

void complain(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("topolint: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

void session_print_diags(Session *session) {
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    diags_sort(&session->diags, &session->sources);
    report_diags(&session->diags, &session->sources, &session->err, &out);
    fwrite(buf_str(&out).s, 1, out.size, stderr);
    buf_clear(&out);
    diags_init(&session->diags, session->arena);
}

bool session_write(Session *session, Str path, Buf *out) {
    bool good = !out->truncated;
    if (!good) {
        complain("the output is longer than %zu bytes", out->maximum);
    } else {
        Status status = file_write(session->arena, path.n ? path.s : "-", buf_str(out));
        good = !status.failed;
        if (!good) {
            complain("%.*s", STR_ARG(status.reason));
        }
    }
    buf_clear(out);
    return good;
}

/* ---- the terminal ---- */

static bool set_colours(Session *session, Str when) {
    if (when.n && !str_eq(when, STR("auto")) && !str_eq(when, STR("always")) &&
        !str_eq(when, STR("never"))) {
        complain("--color %s: expected auto, always or never", when.s);
        return false;
    }
    bool always = str_eq(when, STR("always"));
    bool never = str_eq(when, STR("never")) || str_of(getenv("NO_COLOR")).n;
    session->out = (ReportOptions){
        .width = stream_width(stdout),
        .colour = always || (!never && stream_is_terminal(stdout)),
    };
    session->err = (ReportOptions){
        .width = stream_width(stderr),
        .colour = always || (!never && stream_is_terminal(stderr)),
    };
    return true;
}

/* ---- files of schema and packs ---- */

typedef VEC(SourceId) SourceList;

SourceId session_embedded_source(Session *session, Str name) {
    for (size_t i = 0; i < embedded_file_count; i++) {
        if (str_eq(name, str_of(embedded_files[i].name))) {
            Str text = {embedded_files[i].data, embedded_files[i].size};
            return sources_add(&session->sources, name, text, ORIGIN_EMBEDDED);
        }
    }
    return 0;
}

/* Files of an embedded folder; of those below it only if `deep`. */
static void add_embedded(Session *session, Str folder, bool deep, SourceList *list) {
    for (size_t i = 0; i < embedded_file_count; i++) {
        Str name = str_of(embedded_files[i].name);
        if (str_starts(name, folder) && (deep || str_find(name, '/', folder.n) == SIZE_MAX)) {
            vec_push(session->arena, list, session_embedded_source(session, name));
        }
    }
}

void session_refuse(Session *session, Loc named, Str reason) {
    if (named.source) {
        diag_error(&session->diags, named, "%.*s", STR_ARG(reason));
    } else {
        complain("%.*s", STR_ARG(reason));
    }
}

SourceId session_add_file(Session *session, Str path, Loc named) {
    Str bytes;
    Status status = file_read(session->arena, path.s, LIMIT_INPUT_BYTES, &bytes);
    if (status.failed) {
        session_refuse(session, named, status.reason);
        return 0;
    }
    return sources_add(&session->sources, path_display(session->arena, path.s), bytes,
                       ORIGIN_SETTINGS);
}

static bool add_file(Session *session, Str path, Loc named, SourceList *list) {
    SourceId source = session_add_file(session, path, named);
    vec_push(session->arena, list, source);
    return source != 0;
}

typedef struct Folder {
    Str path;
    Loc named;
} Folder;

typedef VEC(Folder) FolderList;

/* The .yaml files of a folder; the folders in it go to `folders`. */
static bool add_entries(Session *session, Folder folder, SourceList *list, FolderList *folders) {
    Str *names;
    size_t count;
    Status status = folder_list(session->arena, folder.path.s, &names, &count);
    if (status.failed) {
        session_refuse(session, folder.named, status.reason);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        Str path =
            arena_printf(session->arena, "%.*s/%.*s", STR_ARG(folder.path), STR_ARG(names[i]));
        if (path_is_folder(path.s)) {
            vec_push(session->arena, folders, ((Folder){path, folder.named}));
        } else if (str_ends(path, STR(".yaml")) && !add_file(session, path, folder.named, list)) {
            return false;
        }
    }
    return true;
}

/* Every .yaml file of a user's folder; folders below it (and below those) only if `deep`. */
static bool add_folder(Session *session, Folder folder, bool deep, SourceList *list) {
    int levels = deep ? 3 : 1; /* <folder>/<pack>/tables */
    FolderList level = {0};
    vec_push(session->arena, &level, folder);
    for (int i = 0; i < levels; i++) {
        FolderList below = {0};
        for (size_t k = 0; k < level.count; k++) {
            if (!add_entries(session, level.items[k], list, &below)) {
                return false;
            }
        }
        level = below;
    }
    return true;
}

/* Embedded files, then those of the folders that the settings and the options name. */
static bool collect(Session *session, const CommandLine *line, const char *option, Str embedded,
                    bool deep, SourceList *ret_list) {
    add_embedded(session, embedded, deep, ret_list);
    const Node *set = deep ? session->settings.rules : session->settings.schema;
    for (size_t i = 0; set && i < set->count; i++) {
        const Node *item = &set->items[i];
        Str path = settings_path(&session->settings, session->arena, item->text);
        if (!add_folder(session, (Folder){path, item->loc}, deep, ret_list)) {
            return false;
        }
    }
    size_t count;
    const Str *folders = option_texts(line, option, session->arena, &count);
    for (size_t i = 0; i < count; i++) {
        if (!add_folder(session, (Folder){folders[i], {0}}, deep, ret_list)) {
            return false;
        }
    }
    return true;
}

/* ---- opening ---- */

static bool read_settings(Session *session, const CommandLine *line) {
    Str path = option_text(line, "config");
    if (!path.n && !option_given(line, "no-config")) {
        path = settings_find(session->arena);
    }
    SourceList files = {0};
    return !path.n ||
           (add_file(session, path, (Loc){0}, &files) &&
            settings_read(&session->settings, &session->context, files.items[0], session->arena));
}

static bool read_knowledge(Session *session, const CommandLine *line) {
    SourceList schemas = {0};
    SourceList rules = {0};
    if (!collect(session, line, "schema", STR("schemas/"), false, &schemas) ||
        !collect(session, line, "rules", STR("rules/"), true, &rules)) {
        return false;
    }
    schema_init(&session->schema, session->interner, session->arena);
    session->packs = (Packs){.arena = session->arena, .interner = session->interner};
    return schema_read(&session->schema, &session->context, schemas.items, schemas.count) &&
           packs_read(&session->packs, &session->context, rules.items, rules.count);
}

int session_open(Session *session, const CommandLine *line) {
    *session =
        (Session){.arena = arena_open(0), .scratch = arena_open(0), .interner = interner_open()};
    if (!set_colours(session, option_text(line, "color"))) {
        return EXIT_USAGE;
    }
    sources_init(&session->sources, session->arena);
    diags_init(&session->diags, session->arena);
    session->context = (ReadContext){&session->sources, &session->diags, session->scratch};
    bool good = read_settings(session, line) && read_knowledge(session, line);
    session_print_diags(session);
    if (good) {
        session->inventory = inventory_open(&session->schema, &session->sources);
    }
    return good ? EXIT_CLEAN : EXIT_INPUT;
}

void session_close(Session *session) {
    inventory_close(session->inventory);
    interner_close(session->interner);
    arena_close(session->scratch);
    arena_close(session->arena);
}

Lint *session_lint(Session *session) {
    Lint *lint = lint_open(session->arena, &session->packs, session->inventory, &session->diags);
    session_print_diags(session);
    return lint;
}

const Rule *session_find_rule(const Session *session, Str id, Str *ret_help) {
    const Rule *rule = packs_find_rule(&session->packs, id);
    *ret_help = rule ? STR_NONE : packs_rule_help(&session->packs, session->arena, id);
    return rule;
}
