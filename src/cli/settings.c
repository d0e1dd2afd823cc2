#include "cli/settings.h"

#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "base/platform.h"

/* What a key holds, and where its node goes. */
typedef struct SettingKey {
    const char *name, *what;
    size_t place; /* in Settings */
    NodeType type;
    bool any; /* of any type: its reader judges it */
} SettingKey;

#define SETTING(name, field, type, what)                                                           \
    { name, what, offsetof(Settings, field), type, false }

static const SettingKey setting_keys[] = {
    SETTING("inputs", inputs, NODE_LIST, "a list of files"),
    SETTING("prefer", prefer, NODE_SCALAR, "one of the inputs"),
    SETTING("schema", schema, NODE_LIST, "a list of folders"),
    SETTING("rules", rules, NODE_LIST, "a list of folders"),
    SETTING("profile", profile, NODE_SCALAR, "the name of a profile"),
    SETTING("fail_on", fail_on, NODE_SCALAR, "a severity"),
    SETTING("severity", severities, NODE_MAP, "a mapping of rules to severities"),
    SETTING("disable", disable, NODE_LIST, "a list of rules"),
    {"waivers", "a list of accepted findings, or a file", offsetof(Settings, waivers), NODE_LIST,
     true},
    SETTING("baseline", baseline, NODE_SCALAR, "a file"),
};
enum { KEY_COUNT = sizeof setting_keys / sizeof *setting_keys };

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

/* Texts of a list: every item is a single value. */
static bool check_items(Diags *diags, const Node *list, const SettingKey *key) {
    bool good = true;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].type != NODE_SCALAR) {
            diag_error(diags, list->items[i].loc, "an item of '%s' is a single value", key->name);
            good = false;
        }
    }
    return good;
}

static void take_key(Settings *settings, Diags *diags, const Node *root, const SettingKey *key) {
    const Node *node = tree_get(root, key->name);
    if (!node) {
        return;
    }
    if (node->type != key->type && !key->any) {
        diag_error(diags, node->loc, "'%s' must be %s", key->name, key->what);
    } else if (node->type != NODE_LIST || key->any || check_items(diags, node, key)) {
        memcpy((char *)settings + key->place, &node, sizeof node);
    }
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
    size_t errors = diags->errors;
    const char *names[KEY_COUNT + 2] = {"topolint-config"};
    for (size_t i = 0; i < KEY_COUNT; i++) {
        names[i + 1] = setting_keys[i].name;
    }
    *settings = (Settings){.folder = folder_of(source_of(context->sources, source)->path)};
    const Node *root = tree_read_yaml(context, source, arena);
    if (root && (tree_check_keys(diags, root, names, "settings file") || root->type == NODE_MAP)) {
        check_head(diags, root);
        for (size_t i = 0; i < KEY_COUNT; i++) {
            take_key(settings, diags, root, &setting_keys[i]);
        }
    }
    return diags->errors == errors;
}
