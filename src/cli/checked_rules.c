#include "cli/checked_rules.h"

bool threshold_parse(Str text, Severity *ret_severity) {
    if (str_eq(text, STR("never"))) {
        *ret_severity = SEVERITY_NONE;
        return true;
    }
    return severity_parse(text, ret_severity);
}

static bool find_profile(Str text, ProfileId *ret_profile) {
    for (int i = 0; i < PROFILE_COUNT; i++) {
        if (str_eq(text, profile_name((ProfileId)i))) {
            *ret_profile = (ProfileId)i;
            return true;
        }
    }
    return false;
}

/* ---- options ---- */

static bool take_profile(const CommandLine *line, LintOptions *options) {
    Str text = option_text(line, "profile");
    if (text.n && !find_profile(text, &options->profile)) {
        complain("--profile %s: expected default, one-method or vendor", text.s);
        return false;
    }
    return true;
}

static bool take_rules(Session *session, const CommandLine *line, const char *option,
                       const Rule *const **ret_rules, size_t *ret_count) {
    size_t count;
    const Str *ids = option_texts(line, option, session->arena, &count);
    const Rule **rules = arena_array(session->arena, const Rule *, count);
    for (size_t i = 0; i < count; i++) {
        Str help;
        rules[i] = session_find_rule(session, ids[i], &help);
        if (!rules[i]) {
            complain("--%s %s: there is no such rule; %s", option, ids[i].s,
                     help.n ? help.s : "see topolint rules");
            return false;
        }
    }
    *ret_rules = rules;
    *ret_count = count;
    return true;
}

/* ---- settings: what options do not say ---- */

static const Rule *set_rule(Session *session, Str id, Loc loc) {
    Str help;
    const Rule *rule = session_find_rule(session, id, &help);
    if (!rule) {
        Diag *diag = diag_error(&session->diags, loc, "there is no rule '%.*s'", STR_ARG(id));
        diag_help(&session->diags, diag, "%.*s", STR_ARG(help));
    }
    return rule;
}

static void set_profile(Session *session, LintOptions *options) {
    const Node *node = session->settings.profile;
    if (node && !find_profile(node->text, &options->profile)) {
        diag_error(&session->diags, node->loc,
                   "'%.*s' is no profile: default, one-method or vendor", STR_ARG(node->text));
    }
}

static void set_disabled(Session *session, LintOptions *options) {
    const Node *list = session->settings.disable;
    size_t count = options->disable_count;
    const Rule **rules =
        arena_array(session->arena, const Rule *, count + (list ? list->count : 0));
    for (size_t i = 0; i < count; i++) {
        rules[i] = options->disable[i];
    }
    for (size_t i = 0; list && i < list->count; i++) {
        const Rule *rule = set_rule(session, list->items[i].text, list->items[i].loc);
        if (rule) {
            rules[count++] = rule;
        }
    }
    options->disable = rules;
    options->disable_count = count;
}

static void set_severities(Session *session, LintOptions *options) {
    const Node *map = session->settings.severities;
    size_t count = map ? map->count : 0;
    options->overrides = arena_array(session->arena, struct SeverityOverride, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = &map->items[i];
        const Rule *rule = set_rule(session, item->key, item->key_loc);
        Severity severity = SEVERITY_NONE;
        if (item->type != NODE_SCALAR || !threshold_parse(item->text, &severity)) {
            diag_error(&session->diags, item->loc, "expected error, warning, info or never");
        } else if (rule) {
            options->overrides[options->override_count++] =
                (struct SeverityOverride){rule, severity};
        }
    }
}

int checked_rules(Session *session, const CommandLine *line, LintOptions *ret_options) {
    *ret_options = (LintOptions){.version = STR(TOPOLINT_VERSION)};
    if (!take_rules(session, line, "rule", &ret_options->only, &ret_options->only_count) ||
        !take_rules(session, line, "disable", &ret_options->disable, &ret_options->disable_count)) {
        return EXIT_USAGE;
    }
    set_profile(session, ret_options);
    set_disabled(session, ret_options);
    set_severities(session, ret_options);
    bool good = !session->diags.errors;
    session_print_diags(session);
    if (!good) {
        return EXIT_INPUT;
    }
    return take_profile(line, ret_options) ? EXIT_CLEAN : EXIT_USAGE;
}

/* ---- accepted findings ---- */

/* The list in the settings, or in the file that they name. */
static const Node *waiver_list(Session *session) {
    static const char *const keys[] = {"waivers", NULL};
    const Node *node = session->settings.waivers;
    if (node->type != NODE_SCALAR) {
        return node;
    }
    Str path = settings_path(&session->settings, session->arena, node->text);
    SourceId source = session_add_file(session, path);
    const Node *file = source ? tree_read_yaml(&session->context, source, session->arena) : NULL;
    if (!file || !tree_check_keys(&session->diags, file, keys, "waiver file")) {
        return NULL;
    }
    const Node *list = tree_get(file, "waivers");
    if (!list) {
        diag_error(&session->diags, file->loc, "a waiver file has a list 'waivers'");
    }
    return list;
}

bool checked_waivers(Session *session, const CommandLine *line, WaiverList *ret_waivers) {
    *ret_waivers = (WaiverList){NULL, 0};
    if (!session->settings.waivers || option_given(line, "no-waivers")) {
        return true;
    }
    const Node *list = waiver_list(session);
    bool good = list && waivers_read(list, &session->packs, session->inventory, session->arena,
                                     &session->diags, ret_waivers);
    session_print_diags(session);
    return good;
}
