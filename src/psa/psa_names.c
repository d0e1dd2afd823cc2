#include "psa/psa_names.h"

#include <string.h>

/* ---- tables ---- */

static bool is_parameter(const PsaDefinition *definition) {
    return definition->sort == PSA_PARAMETER;
}

static Str last_part(Str path) {
    size_t at = path.n;
    while (at > 0 && path.s[at - 1] != '.') {
        at--;
    }
    return str_slice(path, at, path.n);
}

static uint32_t *find_slot(const PsaNames *names, uint32_t *table, Str text, bool parameter) {
    size_t slot = (size_t)(str_hash(text) + parameter) & (names->slots - 1);
    while (table[slot]) {
        const PsaDefinition *other = &names->definitions.items[table[slot] - 1];
        Str key = table == names->by_path ? other->path : last_part(other->path);
        if (is_parameter(other) == parameter && str_eq(key, text)) {
            break;
        }
        slot = (slot + 1) & (names->slots - 1);
    }
    return &table[slot];
}

static void grow(PsaNames *names) {
    uint32_t *old[] = {names->by_path, names->by_name};
    size_t old_slots = names->slots;
    names->slots = old_slots ? old_slots * 2 : 1024;
    uint32_t **tables[] = {&names->by_path, &names->by_name};
    for (size_t t = 0; t < 2; t++) {
        *tables[t] = arena_array(names->arena, uint32_t, names->slots);
    }
    for (size_t t = 0; t < 2; t++) {
        for (size_t i = 0; i < old_slots; i++) {
            if (old[t][i]) {
                const PsaDefinition *of = &names->definitions.items[old[t][i] - 1];
                Str key = t == 0 ? of->path : last_part(of->path);
                *find_slot(names, *tables[t], key, is_parameter(of)) = old[t][i];
            }
        }
    }
}

static void report_twice(PsaNames *names, const PsaDefinition *first, Str path, Loc loc) {
    Diag *diag = diag_error(names->diags, loc, "'%.*s' is defined twice", STR_ARG(path));
    if (first->element) {
        diag_place(names->diags, diag, first->element->loc, "first here");
    }
}

static bool enter(PsaNames *names, PsaDefinition definition, bool is_public, Loc loc) {
    if ((names->definitions.count + 1) * 2 > names->slots) {
        grow(names);
    }
    bool parameter = is_parameter(&definition);
    uint32_t *by_path = find_slot(names, names->by_path, definition.path, parameter);
    uint32_t *by_name =
        is_public ? find_slot(names, names->by_name, last_part(definition.path), parameter) : NULL;
    const uint32_t *taken = *by_path ? by_path : by_name && *by_name ? by_name : NULL;
    if (taken) {
        report_twice(names, &names->definitions.items[*taken - 1], definition.path, loc);
        return false;
    }
    definition.is_public = is_public;
    vec_push(names->arena, &names->definitions, definition);
    *by_path = (uint32_t)names->definitions.count;
    if (by_name) {
        *by_name = (uint32_t)names->definitions.count;
    }
    return true;
}

Str psa_display_name(const PsaDefinition *definition) {
    return definition->is_public ? last_part(definition->path) : definition->path;
}

PsaDefinition *psa_names_add_event(PsaNames *names, Str name) {
    PsaDefinition definition = {.sort = PSA_BASIC, .path = name, .node = UINT32_MAX};
    enter(names, definition, true, (Loc){0});
    return &names->definitions.items[names->definitions.count - 1];
}

PsaDefinition *psa_names_find(const PsaNames *names, Str reference, Str container, bool parameter) {
    if (!names->slots) {
        return NULL;
    }
    for (Str around = container; around.n;) {
        Str path = arena_printf(names->arena, "%.*s.%.*s", STR_ARG(around), STR_ARG(reference));
        uint32_t found = *find_slot(names, names->by_path, path, parameter);
        if (found) {
            return &names->definitions.items[found - 1];
        }
        Str last = last_part(around);
        around = str_slice(around, 0, around.n > last.n ? around.n - last.n - 1 : 0);
    }
    uint32_t found = *find_slot(names, names->by_name, reference, parameter);
    found = found ? found : *find_slot(names, names->by_path, reference, parameter);
    return found ? &names->definitions.items[found - 1] : NULL;
}

/* ---- collecting ---- */

typedef struct Tag {
    const char *tag;
    PsaSort sort;
} Tag;

static const Tag definition_tags[] = {
    {"define-gate", PSA_GATE},
    {"define-basic-event", PSA_BASIC},
    {"define-house-event", PSA_HOUSE},
    {"define-parameter", PSA_PARAMETER},
};

static const char *const container_tags[] = {"define-fault-tree", "define-component", "model-data"};

static const char *const refused_tags[] = {
    "define-CCF-group", "define-substitution",    "define-event-tree", "define-initiating-event",
    "define-alignment", "define-extern-function", "include",
};

static bool is_one_of(Str tag, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(tag, str_of(list[i]))) {
            return true;
        }
    }
    return false;
}

static const Tag *definition_tag(Str tag) {
    for (size_t i = 0; i < sizeof definition_tags / sizeof *definition_tags; i++) {
        if (str_eq(tag, str_of(definition_tags[i].tag))) {
            return &definition_tags[i];
        }
    }
    return NULL;
}

/* A container whose children are to be taken; nesting is limited by the reader. */
typedef struct Container {
    const Node *element;
    Str path;
    bool is_public;
} Container;

typedef struct Collect {
    PsaNames *names;
    VEC(Container) waiting;
    bool good;
} Collect;

static bool take_role(Collect *collect, const Node *element, bool inherited) {
    const Node *role = tree_get(element, "role");
    if (!role) {
        return inherited;
    }
    bool is_public = str_eq(role->text, STR("public"));
    if (!is_public && !str_eq(role->text, STR("private"))) {
        diag_error(collect->names->diags, role->loc, "role '%.*s': expected public or private",
                   STR_ARG(role->text));
        collect->good = false;
    }
    return is_public;
}

static Str name_of(Collect *collect, const Node *element) {
    const Node *name = tree_get(element, "name");
    if (!name || !str_trim(name->text).n) {
        diag_error(collect->names->diags, element->loc, "<%.*s> has no name",
                   STR_ARG(element->key));
        collect->good = false;
        return STR_NONE;
    }
    return str_trim(name->text);
}

static void take_element(Collect *collect, const Container *in, const Node *element) {
    PsaNames *names = collect->names;
    const Tag *tag = definition_tag(element->key);
    bool is_public = take_role(collect, element, in->is_public);
    if (is_one_of(element->key, container_tags, sizeof container_tags / sizeof *container_tags)) {
        bool data = str_eq(element->key, STR("model-data"));
        Str name = data ? STR_NONE : name_of(collect, element);
        Str path = !name.n ? in->path
                   : in->path.n
                       ? arena_printf(names->arena, "%.*s.%.*s", STR_ARG(in->path), STR_ARG(name))
                       : name;
        vec_push(names->arena, &collect->waiting, ((Container){element, path, is_public}));
    } else if (tag) {
        Str name = name_of(collect, element);
        PsaDefinition definition = {
            .sort = tag->sort, .container = in->path, .element = element, .node = UINT32_MAX};
        definition.path =
            in->path.n ? arena_printf(names->arena, "%.*s.%.*s", STR_ARG(in->path), STR_ARG(name))
                       : name;
        collect->good =
            name.n && enter(names, definition, is_public, element->loc) && collect->good;
    } else if (is_one_of(element->key, refused_tags, sizeof refused_tags / sizeof *refused_tags)) {
        Diag *diag =
            diag_error(names->diags, element->loc, "<%.*s> cannot be read", STR_ARG(element->key));
        diag_help(names->diags, diag,
                  "of Open-PSA models topolint reads fault trees with their "
                  "events and parameters");
        collect->good = false;
    }
}

bool psa_names_collect(PsaNames *names, const Node *root) {
    Collect collect = {.names = names, .good = true};
    vec_push(names->arena, &collect.waiting, ((Container){root, STR_NONE, true}));
    for (size_t i = 0; i < collect.waiting.count; i++) {
        Container in = collect.waiting.items[i];
        for (size_t e = 0; e < in.element->count; e++) {
            if (in.element->items[e].type == NODE_MAP) {
                take_element(&collect, &in, &in.element->items[e]);
            }
        }
    }
    return collect.good;
}
