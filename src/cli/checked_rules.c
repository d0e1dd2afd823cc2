#include "cli/checked_rules.h"

#include "cli/inputs.h"
#include "rule/baseline.h"
#include "rule/waivers.h"

static const char *const thresholds[] = {"error", "warning", "info", "never", NULL};

bool threshold_parse(Str text, Severity *ret_severity) {
    if (str_eq(text, STR("never"))) {
        *ret_severity = SEVERITY_NONE;
        return true;
    }
    return severity_parse(text, ret_severity);
}

bool threshold_read(Diags *diags, const Node *node, Severity *ret_severity) {
    if (node->type != NODE_SCALAR) {
        diag_error(diags, node->loc, "a severity is a single value");
        return false;
    }
    return tree_choice(diags, node, thresholds) != SIZE_MAX &&
           threshold_parse(node->text, ret_severity);
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

static void set_profile(Session *session, LintOptions *options) {
    const char *names[PROFILE_COUNT + 1] = {NULL};
    for (int i = 0; i < PROFILE_COUNT; i++) {
        names[i] = profile_name((ProfileId)i).s;
    }
    const Node *node = session->settings.profile;
    size_t at = node ? tree_choice(&session->diags, node, names) : SIZE_MAX;
    options->profile = at == SIZE_MAX ? options->profile : (ProfileId)at;
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
        const Node *item = &list->items[i];
        const Rule *rule =
            packs_rule_named(&session->packs, item->text, item->loc, &session->diags);
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
        const Rule *rule =
            packs_rule_named(&session->packs, item->key, item->key_loc, &session->diags);
        Severity severity = SEVERITY_NONE;
        if (threshold_read(&session->diags, item, &severity) && rule) {
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

int checked_inputs(Session *session, const CommandLine *line, LintOptions *ret_options) {
    int code = checked_rules(session, line, ret_options);
    return code == EXIT_CLEAN ? inputs_load(session, line, line->arguments, line->argument_count)
                              : code;
}

/* ---- accepted and known findings ---- */

/* A file that settings or an option name, as a tree; NULL if it cannot be read, which was told. */
static const Node *named_file(Session *session, Str path, Loc named) {
    SourceId source = session_add_file(session, path, named);
    return source ? tree_read_yaml(&session->context, source, session->arena) : NULL;
}

static const Node *settings_file(Session *session, const Node *node) {
    return named_file(session, settings_path(&session->settings, session->arena, node->text),
                      node->loc);
}

/* The list in the settings, or in the file that they name. */
static const Node *waiver_list(Session *session) {
    static const char *const keys[] = {"waivers", NULL};
    const Node *node = session->settings.waivers;
    if (node->type != NODE_SCALAR) {
        return node;
    }
    const Node *file = settings_file(session, node);
    if (!file || !tree_check_keys(&session->diags, file, keys, "waiver file")) {
        return NULL;
    }
    const Node *list = tree_get(file, "waivers");
    if (!list) {
        diag_error(&session->diags, file->loc, "a waiver file has a list 'waivers'");
    }
    return list;
}

static bool read_waivers(Session *session, LintOptions *options) {
    WaiverList *waivers = arena_new(session->arena, WaiverList);
    options->waivers = waivers;
    const Node *list = waiver_list(session);
    return list && waivers_read(list, &session->packs, session->inventory, session->arena,
                                &session->diags, waivers);
}

static bool read_baseline(Session *session, const CommandLine *line, LintOptions *options) {
    Str path = option_text(line, "baseline");
    const Node *root = path.n ? named_file(session, path, (Loc){0})
                              : settings_file(session, session->settings.baseline);
    options->baseline = arena_new(session->arena, Baseline);
    return root &&
           baseline_read(root, &session->packs, session->arena, &session->diags, options->baseline);
}

bool checked_acceptance(Session *session, const CommandLine *line, bool baseline,
                        LintOptions *options) {
    bool good = true;
    bool accepts = !option_given(line, "no-waivers");
    if (accepts && session->settings.waivers) {
        good = read_waivers(session, options);
    }
    if (accepts && baseline && (session->settings.baseline || option_given(line, "baseline"))) {
        good = read_baseline(session, line, options) && good;
    }
    session_print_diags(session);
    return good;
}
