/* suggest.yaml: edits of a design that may cure findings, as overlays with placeholders. */
#include "rule/pack_file.h"

static void read_suggestion(PackReader *reader, const Node *node, SuggestRule *rule) {
    rule->id = field_need(reader, node, "id");
    rule->doc = field_need(reader, node, "doc");
    rule->title = field_need(reader, node, "title");
    rule->rules = field_texts(reader, node, "rules", &rule->rule_count);
    rule->query = field_query(reader, node, "query", &rule->query_loc);
    rule->overlay = field_map(reader, node, "overlay");
    rule->loc = node->loc;
    if (!rule->rule_count) {
        diag_error(reader->diags, node->loc, "`rules` is missing: the findings that it may cure");
    }
    if (!rule->overlay) {
        diag_error(reader->diags, node->loc, "`overlay` is missing: the records that it states");
    }
}

void suggest_file_read(PackReader *reader, const Node *file) {
    static const char *const file_keys[] = {"suggest", NULL};
    static const char *const keys[] = {"id", "doc", "title", "rules", "query", "overlay", NULL};
    tree_check_keys(reader->diags, file, file_keys, "suggest.yaml");
    const Node *list = field_list(reader, file, "suggest");
    if (!list) {
        return;
    }
    Pack *pack = reader->pack;
    pack->suggests = arena_array(reader->arena, SuggestRule, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (tree_check_keys(reader->diags, node, keys, "suggestion") || node->type == NODE_MAP) {
            read_suggestion(reader, node, &pack->suggests[pack->suggest_count++]);
        }
    }
    field_check_twice(reader, list, "id");
}
