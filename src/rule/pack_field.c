/* What all pack files share: texts, lists, choices, SQL blocks with their place. */
#include "base/limits.h"
#include "rule/pack_file.h"

Str field_need(PackReader *reader, const Node *map, const char *key) {
    Str text = tree_text(reader->diags, map, key);
    if (!text.n && !(tree_get(map, key) && tree_get(map, key)->type != NODE_SCALAR)) {
        const Node *node = tree_get(map, key);
        diag_error(reader->diags, node ? node->loc : map->loc, "`%s` is missing", key);
    }
    return text;
}

static bool is_scalar(PackReader *reader, const Node *node) {
    if (node->type == NODE_SCALAR) {
        return true;
    }
    diag_error(reader->diags, node->loc, "a text is expected here");
    return false;
}

Str *field_texts(PackReader *reader, const Node *map, const char *key, size_t *ret_count) {
    const Node *node = tree_get(map, key);
    *ret_count = 0;
    if (!node) {
        return NULL;
    }
    bool single = node->type == NODE_SCALAR;
    if (node->type == NODE_MAP) {
        diag_error(reader->diags, node->loc, "`%s` is a list of texts", key);
        return NULL;
    }
    const Node *items = single ? node : node->items;
    size_t count = single ? 1 : node->count;
    Str *texts = arena_array(reader->arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        if (is_scalar(reader, &items[i])) {
            texts[(*ret_count)++] = items[i].text;
        }
    }
    return texts;
}

static const Node *child_of_type(PackReader *reader, const Node *map, const char *key,
                                 NodeType type, const char *what) {
    const Node *node = tree_get(map, key);
    if (node && node->type != type) {
        diag_error(reader->diags, node->loc, "`%s` is a %s", key, what);
        return NULL;
    }
    return node;
}

const Node *field_list(PackReader *reader, const Node *map, const char *key) {
    return child_of_type(reader, map, key, NODE_LIST, "list");
}

const Node *field_map(PackReader *reader, const Node *map, const char *key) {
    return child_of_type(reader, map, key, NODE_MAP, "mapping");
}

bool field_bool(PackReader *reader, const Node *map, const char *key, bool otherwise) {
    Str text = tree_text(reader->diags, map, key);
    if (!text.n) {
        return otherwise;
    }
    static const char *const names[] = {"true", "false", NULL};
    return field_choice(reader, tree_get(map, key), names) ? str_eq(text, STR("true")) : otherwise;
}

int64_t field_int(PackReader *reader, const Node *map, const char *key, int64_t otherwise) {
    Str text = tree_text(reader->diags, map, key);
    int64_t value = otherwise;
    if (text.n && !str_to_int(text, &value)) {
        diag_error(reader->diags, tree_get(map, key)->loc, "`%s` is an integer", key);
    }
    return value;
}

bool field_choice(PackReader *reader, const Node *node, const char *const *names) {
    return tree_choice(reader->diags, node, names) != SIZE_MAX;
}

static bool is_name(PackReader *reader, const Node *node, Str text, char joint, const char *what) {
    bool good = text.n && text.s[0] >= 'a' && text.s[0] <= 'z';
    for (size_t i = 0; good && i < text.n; i++) {
        char c = text.s[i];
        good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == joint;
    }
    if (!good && text.n) {
        Diag *diag = diag_error(reader->diags, node->loc, "\"%.*s\" is no %s", STR_ARG(text), what);
        diag_help(reader->diags, diag, "small letters, digits and '%c', a letter first", joint);
    }
    return good;
}

bool field_is_id(PackReader *reader, const Node *node, Str text) {
    return is_name(reader, node, text, '-', "id");
}

Str field_table_name(PackReader *reader, const Node *map, const char *key) {
    Str name = field_need(reader, map, key);
    return name.n && is_name(reader, tree_get(map, key), name, '_', "name of a table") ? name
                                                                                       : STR_NONE;
}

/* Without blanks and a semicolon at the end; the start stays, for offsets of errors. */
static Str without_end(Str sql) {
    while (sql.n && (sql.s[sql.n - 1] == ';' || sql.s[sql.n - 1] == ' ' ||
                     sql.s[sql.n - 1] == '\n' || sql.s[sql.n - 1] == '\t')) {
        sql.n--;
    }
    return sql;
}

Str field_query(PackReader *reader, const Node *map, const char *key, Loc *ret_loc) {
    Str sql = without_end(field_need(reader, map, key));
    const Node *node = tree_get(map, key);
    *ret_loc = node ? node->loc : map->loc;
    if (sql.n > LIMIT_QUERY_BYTES / 2) {
        diag_error(reader->diags, *ret_loc, "a statement is limited to %d bytes",
                   LIMIT_QUERY_BYTES / 2);
        return STR_NONE;
    }
    return arena_copy(reader->arena, sql);
}

void field_check_twice(PackReader *reader, const Node *list, const char *key) {
    for (size_t i = 0; list && i < list->count; i++) {
        const Node *name = tree_get(&list->items[i], key);
        for (size_t j = 0; name && j < i; j++) {
            const Node *other = tree_get(&list->items[j], key);
            if (other && other->text.n && str_eq(other->text, name->text)) {
                Diag *diag = diag_error(reader->diags, name->loc, "%s \"%.*s\" stands twice", key,
                                        STR_ARG(name->text));
                diag_place(reader->diags, diag, other->loc, "first here");
                break;
            }
        }
    }
}
