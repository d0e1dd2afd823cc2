#include "cli/settings.h"

#include "base/limits.h"
#include "base/platform.h"

static const char *const known_keys[] = {"topolint-config", "inputs",  "prefer",  "schema",
                                         "rules",           "profile", "fail_on", "severity",
                                         "disable",         "waivers", NULL};

Str settings_find(Arena *arena) {
    Str up[LIMIT_DEPTH];
    int top = 0; /* the working directory alone, unless a folder above it holds .git */
    up[0] = STR_NONE;
    for (int i = 0; i < LIMIT_DEPTH; i++) {
        up[i] = i ? arena_printf(arena, "%.*s../", STR_ARG(up[i - 1])) : up[0];
        if (path_exists(arena_printf(arena, "%.*s.git", STR_ARG(up[i])).s)) {
            top = i;
            break;
        }
    }
    for (int i = 0; i <= top; i++) {
        Str path = arena_printf(arena, "%.*stopolint.yaml", STR_ARG(up[i]));
        if (path_exists(path.s)) {
            return path;
        }
    }
    return STR_NONE;
}

static Str folder_of(Str path) {
    size_t n = path.n;
    while (n && path.s[n - 1] != '/') {
        n--;
    }
    return str_slice(path, 0, n);
}

Str settings_path(const Settings *settings, Arena *arena, Str path) {
    return str_starts(path, STR("/"))
               ? arena_copy(arena, path)
               : arena_printf(arena, "%.*s%.*s", STR_ARG(settings->folder), STR_ARG(path));
}

static const Node *expect(Diags *diags, const Node *root, const char *key, NodeType type,
                          const char *what) {
    const Node *node = tree_get(root, key);
    if (node && node->type != type) {
        diag_error(diags, node->loc, "'%s' must be %s", key, what);
        return NULL;
    }
    return node;
}

/* A list whose items are texts. */
static const Node *expect_texts(Diags *diags, const Node *root, const char *key) {
    const Node *list = expect(diags, root, key, NODE_LIST, "a list");
    for (size_t i = 0; list && i < list->count; i++) {
        if (list->items[i].type != NODE_SCALAR) {
            diag_error(diags, list->items[i].loc, "an item of '%s' is a single value", key);
            return NULL;
        }
    }
    return list;
}

static void check_head(Diags *diags, const Node *root) {
    const Node *version = tree_get(root, "topolint-config");
    if (!version) {
        diag_error(diags, root->loc, "a settings file begins with 'topolint-config: 1'");
    } else if (version->type != NODE_SCALAR || !str_eq(version->text, STR("1"))) {
        diag_error(diags, version->loc, "settings of version %.*s; this program reads version 1",
                   STR_ARG(version->text));
    }
}

bool settings_read(Settings *settings, const ReadContext *context, SourceId source, Arena *arena) {
    Diags *diags = context->diags;
    const Node *root = tree_read_yaml(context, source, arena);
    if (!root || !tree_check_keys(diags, root, known_keys, "settings file")) {
        return false;
    }
    size_t errors = diags->errors;
    check_head(diags, root);
    *settings = (Settings){
        .folder = folder_of(source_of(context->sources, source)->path),
        .inputs = expect_texts(diags, root, "inputs"),
        .prefer = expect(diags, root, "prefer", NODE_SCALAR, "a path"),
        .schema = expect_texts(diags, root, "schema"),
        .rules = expect_texts(diags, root, "rules"),
        .profile = expect(diags, root, "profile", NODE_SCALAR, "a single value"),
        .fail_on = expect(diags, root, "fail_on", NODE_SCALAR, "a single value"),
        .severities = expect(diags, root, "severity", NODE_MAP, "a mapping of rules to severities"),
        .disable = expect_texts(diags, root, "disable"),
        .waivers = tree_get(root, "waivers"),
    };
    return diags->errors == errors;
}
