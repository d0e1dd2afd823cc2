/* <rule-id>.yaml: one rule. */
#include "rule/pack_file.h"

static const char *const severity_names[] = {"none", "info", "warning", "error", NULL};
static const char *const profile_names[] = {"default", "vendor", "one-method", NULL};
static const char *const layer_names[] = {
    "service", "directory", "messaging",   "guest-cluster", "hypervisor", "storage", "network",
    "site",    "sign-in",   "certificate", "dns",           "operations", NULL};
static const char *const strength_names[] = {
    "vendor-documentation", "vendor-blog", "field-practice", "derived", "not-verified", NULL};

bool severity_parse(Str name, Severity *ret_severity) {
    for (size_t i = 0; severity_names[i]; i++) {
        if (str_eq(name, str_of(severity_names[i]))) {
            *ret_severity = (Severity)i;
            return true;
        }
    }
    return false;
}

Str severity_name(Severity severity) {
    return str_of(severity_names[severity]);
}

Str profile_name(ProfileId profile) {
    return str_of(profile_names[profile]);
}

static bool read_severity(PackReader *reader, const Node *node, Severity *ret_severity) {
    if (node->type != NODE_SCALAR) {
        diag_error(reader->diags, node->loc, "a severity is expected here");
        return false;
    }
    return field_choice(reader, node, severity_names) && severity_parse(node->text, ret_severity);
}

static void read_profile(PackReader *reader, const Node *node, ProfileRule *profile) {
    static const char *const keys[] = {"column", "error", "warning", "info", NULL};
    profile->given = true;
    if (node->type == NODE_SCALAR) {
        Severity fixed = SEVERITY_NONE;
        read_severity(reader, node, &fixed);
        for (size_t i = 0; i < 4; i++) {
            profile->severity[i] = fixed;
        }
        return;
    }
    if (!tree_check_keys(reader->diags, node, keys, "profile")) {
        return;
    }
    profile->column = tree_text(reader->diags, node, "column");
    for (size_t i = 1; i < 4; i++) {
        const Node *given = tree_get(node, severity_names[i]);
        profile->severity[i] = (Severity)i;
        if (given) {
            read_severity(reader, given, &profile->severity[i]);
        }
    }
}

static void read_profiles(PackReader *reader, const Node *file, Rule *rule) {
    const Node *map = field_map(reader, file, "profiles");
    if (!map || !tree_check_keys(reader->diags, map, profile_names, "profiles")) {
        return;
    }
    for (size_t i = 0; i < PROFILE_COUNT; i++) {
        const Node *node = tree_get(map, profile_names[i]);
        if (node) {
            read_profile(reader, node, &rule->profiles[i]);
        }
    }
}

static void read_places(PackReader *reader, const Node *file, Rule *rule) {
    static const char *const keys[] = {"of", "field", "item", "at", "length", "label", NULL};
    const Node *list = field_list(reader, file, "places");
    if (!list) {
        return;
    }
    rule->places = arena_array(reader->arena, PlaceRule, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (!tree_check_keys(reader->diags, node, keys, "place")) {
            continue;
        }
        PlaceRule *place = &rule->places[rule->place_count++];
        place->of = field_need(reader, node, "of");
        place->field = tree_text(reader->diags, node, "field");
        place->item = tree_text(reader->diags, node, "item");
        place->at = tree_text(reader->diags, node, "at");
        place->length = tree_text(reader->diags, node, "length");
        place->label = tree_text(reader->diags, node, "label");
        place->loc = node->loc;
    }
}

static void read_sources(PackReader *reader, const Node *file, Rule *rule) {
    static const char *const keys[] = {"text", "strength", NULL};
    const Node *list = field_list(reader, file, "sources");
    if (!list) {
        return;
    }
    rule->sources = arena_array(reader->arena, RuleSource, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (!tree_check_keys(reader->diags, node, keys, "source")) {
            continue;
        }
        RuleSource *source = &rule->sources[rule->source_count++];
        source->text = field_need(reader, node, "text");
        source->strength = field_need(reader, node, "strength");
        if (source->strength.n) {
            field_choice(reader, tree_get(node, "strength"), strength_names);
        }
    }
}

static void read_positions(PackReader *reader, const Node *file, Rule *rule) {
    const Node *map = field_map(reader, file, "positions");
    if (!map) {
        return;
    }
    rule->positions = arena_array(reader->arena, RulePosition, map->count);
    for (size_t i = 0; i < map->count; i++) {
        if (map->items[i].type != NODE_SCALAR) {
            diag_error(reader->diags, map->items[i].loc, "a position is a text");
            continue;
        }
        rule->positions[rule->position_count++] =
            (RulePosition){map->items[i].key, str_trim(map->items[i].text)};
    }
}

static bool is_filled(const Node *list) {
    return list && list->count;
}

/* Built-in rules show when they fire and when they do not. */
static void read_examples(PackReader *reader, const Node *file, Rule *rule) {
    static const char *const keys[] = {"name", "expect", "inventory", "profile", NULL};
    static const char *const expect_keys[] = {"fail", "unknown", "pass", "severity", NULL};
    bool fails = false;
    bool passes = false;
    rule->examples = field_list(reader, file, "examples");
    for (size_t i = 0; rule->examples && i < rule->examples->count; i++) {
        const Node *node = &rule->examples->items[i];
        if (!tree_check_keys(reader->diags, node, keys, "example")) {
            continue;
        }
        field_need(reader, node, "name");
        const Node *expect = field_map(reader, node, "expect");
        if (!expect || !field_map(reader, node, "inventory")) {
            diag_error(reader->diags, node->loc, "an example has `expect` and `inventory`");
            continue;
        }
        tree_check_keys(reader->diags, expect, expect_keys, "expect");
        bool fail = is_filled(tree_get(expect, "fail"));
        fails = fails || fail;
        passes = passes || is_filled(tree_get(expect, "pass")) ||
                 (!fail && !is_filled(tree_get(expect, "unknown")));
    }
    if (reader->builtin && !(fails && passes)) {
        Diag *diag = diag_error(reader->diags, file->loc, "the rule has no %s example",
                                fails ? "passing" : "failing");
        diag_help(reader->diags, diag,
                  "`examples:` with `expect: {fail: [..]}` and one that passes");
    }
}

static Loc loc_of(const Node *file, const char *key) {
    const Node *node = tree_get(file, key);
    return node ? node->loc : file->loc;
}

static void read_words(PackReader *reader, const Node *file, Rule *rule) {
    Diags *diags = reader->diags;
    rule->message_loc = loc_of(file, "message");
    rule->fix_loc = loc_of(file, "fix");
    rule->title = field_need(reader, file, "title");
    rule->message = field_need(reader, file, "message");
    rule->layer = field_need(reader, file, "layer");
    if (rule->layer.n) {
        field_choice(reader, tree_get(file, "layer"), layer_names);
    }
    const Node *why = tree_get(file, "why");
    rule->explanation = str_trim(tree_text(diags, file, why ? "why" : "explanation"));
    if (why && tree_get(file, "explanation")) {
        diag_error(diags, why->loc, "`why` and `explanation` are the same; give one of them");
    }
    rule->fix = str_trim(tree_text(diags, file, "fix"));
    rule->applies_to = tree_text(diags, file, "applies_to");
    rule->null_safe = tree_text(diags, file, "null_safe");
    rule->waivable = field_bool(reader, file, "waivable", true);
    rule->lists_services = field_bool(reader, file, "services", false);
    if (reader->builtin && !(rule->explanation.n && rule->fix.n && tree_get(file, "sources"))) {
        diag_error(diags, file->loc, "a rule has `explanation`, `fix` and `sources`");
    }
}

static void read_id(PackReader *reader, const Node *file, Str name, Rule *rule) {
    rule->id = field_need(reader, file, "id");
    const Node *node = tree_get(file, "id");
    if (!rule->id.n || !field_is_id(reader, node, rule->id)) {
        return;
    }
    if (!str_eq(rule->id, name)) {
        diag_error(reader->diags, node->loc, "rule \"%.*s\" stands in the file %.*s.yaml",
                   STR_ARG(rule->id), STR_ARG(name));
    }
}

const Rule *rule_file_read(PackReader *reader, const Node *file, Str name) {
    static const char *const keys[] = {
        "id",         "title",       "severity", "profiles",  "formerly", "layer",
        "applies_to", "message",     "places",   "query",     "why",      "supersedes",
        "identity",   "explanation", "fix",      "positions", "sources",  "waivable",
        "null_safe",  "services",    "facts",    "examples",  "about",    "message_only",
        "scope",      NULL};
    Rule *rule = arena_new(reader->arena, Rule);
    tree_check_keys(reader->diags, file, keys, "rule");
    rule->loc = file->loc;
    rule->pack = reader->pack->name;
    rule->builtin = reader->builtin;
    read_id(reader, file, name, rule);
    read_words(reader, file, rule);
    rule->severity = SEVERITY_WARNING;
    if (field_need(reader, file, "severity").n) {
        read_severity(reader, tree_get(file, "severity"), &rule->severity);
    }
    rule->query = field_query(reader, file, "query", &rule->query_loc);
    if (tree_get(file, "about")) {
        rule->about = field_query(reader, file, "about", &rule->about_loc);
    }
    rule->supersedes = field_texts(reader, file, "supersedes", &rule->supersedes_count);
    rule->identity = field_texts(reader, file, "identity", &rule->identity_count);
    rule->formerly = field_texts(reader, file, "formerly", &rule->formerly_count);
    rule->facts = field_texts(reader, file, "facts", &rule->facts_count);
    rule->scope = field_texts(reader, file, "scope", &rule->scope_count);
    rule->message_only = field_texts(reader, file, "message_only", &rule->message_only_count);
    rule->supersedes_loc = loc_of(file, "supersedes");
    read_profiles(reader, file, rule);
    read_places(reader, file, rule);
    read_sources(reader, file, rule);
    read_positions(reader, file, rule);
    read_examples(reader, file, rule);
    return rule;
}
