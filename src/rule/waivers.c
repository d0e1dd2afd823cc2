#include "rule/waivers.h"

#include "base/suggest.h"
#include "model/value.h"

typedef struct WaiverReader {
    const Packs *packs;
    const Inventory *inventory;
    Arena *arena;
    Diags *diags;
    VEC(WaiverRow) rows;
} WaiverReader;

/* ---- reading ---- */

static const Rule *read_rule(const WaiverReader *reader, const Node *entry) {
    const Node *node = tree_get(entry, "rule");
    if (!node || node->type != NODE_SCALAR) {
        diag_error(reader->diags, node ? node->loc : entry->loc, "a waiver names one 'rule'");
        return NULL;
    }
    const Rule *rule = packs_rule_named(reader->packs, node->text, node->loc, reader->diags);
    if (rule && !rule->waivable) {
        diag_error(reader->diags, node->loc, "findings of %.*s cannot be accepted",
                   STR_ARG(rule->id));
    }
    return rule && rule->waivable ? rule : NULL;
}

static void complain_unknown(const WaiverReader *reader, const Node *node, bool several) {
    if (several) {
        Diag *diag = diag_error(reader->diags, node->loc, "several records have the name '%.*s'",
                                STR_ARG(node->text));
        diag_help(reader->diags, diag, "say which by its kind, such as server:%.*s",
                  STR_ARG(node->text));
        return;
    }
    Diag *diag = diag_error(reader->diags, node->loc, "the inputs know nothing of the name '%.*s'",
                            STR_ARG(node->text));
    Suggest suggest;
    suggest_init(&suggest, node->text);
    size_t count = inventory_entity_count(reader->inventory);
    for (size_t id = 1; id <= count; id++) {
        suggest_try(&suggest, inventory_name(reader->inventory, (EntityId)id));
    }
    if (suggest.best.n) {
        diag_help(reader->diags, diag, "did you mean '%.*s'?", STR_ARG(suggest.best));
    }
}

static void add_row(WaiverReader *reader, const Node *name, WaiverRow row) {
    bool several = false;
    row.entity = name->type == NODE_SCALAR
                     ? inventory_find_entity(reader->inventory, name->text, &several)
                     : 0;
    row.loc = name->loc;
    if (name->type != NODE_SCALAR) {
        diag_error(reader->diags, name->loc, "an 'entity' is a name or a list of names");
    } else if (!row.entity) {
        complain_unknown(reader, name, several);
    } else {
        vec_push(reader->arena, &reader->rows, row);
    }
}

/* The last day on which it holds; judged against the day of the inventory, as all dates. */
static bool read_until(const WaiverReader *reader, const Node *entry, WaiverRow *row) {
    const Node *node = tree_get(entry, "until");
    int64_t until = 0;
    int64_t today = 0;
    if (!node) {
        return true;
    }
    if (node->type != NODE_SCALAR || !date_parse(node->text, &until)) {
        diag_error(reader->diags, node->loc, "'until' is a date as YYYY-MM-DD");
        return false;
    }
    date_parse(inventory_head(reader->inventory)->as_of, &today);
    row->waiver.until = node->text;
    row->expired = until < today;
    return true;
}

static void read_entry(WaiverReader *reader, const Node *entry) {
    static const char *const keys[] = {"rule", "entity", "reason", "owner", "until", NULL};
    if (!tree_check_keys(reader->diags, entry, keys, "waiver")) {
        return;
    }
    WaiverRow row = {.rule = read_rule(reader, entry)};
    row.waiver.reason = str_trim(tree_text(reader->diags, entry, "reason"));
    row.waiver.owner = tree_text(reader->diags, entry, "owner");
    row.waiver.loc = entry->loc;
    const Node *entity = tree_get(entry, "entity");
    if (!row.waiver.reason.n) {
        diag_error(reader->diags, entry->loc, "a waiver has a 'reason'");
    }
    if (!entity) {
        diag_error(reader->diags, entry->loc, "a waiver names the 'entity' of the finding");
    }
    if (!read_until(reader, entry, &row) || !row.rule || !entity) {
        return;
    }
    bool several = entity->type == NODE_LIST;
    for (size_t i = 0; i < (several ? entity->count : 1); i++) {
        add_row(reader, several ? &entity->items[i] : entity, row);
    }
}

bool waivers_read(const Node *list, const Packs *packs, const Inventory *inventory, Arena *arena,
                  Diags *diags, WaiverList *ret_list) {
    size_t errors = diags->errors;
    WaiverReader reader = {.packs = packs, .inventory = inventory, .arena = arena, .diags = diags};
    if (list->type != NODE_LIST) {
        diag_error(diags, list->loc, "'waivers' must be a list");
    }
    for (size_t i = 0; list->type == NODE_LIST && i < list->count; i++) {
        read_entry(&reader, &list->items[i]);
    }
    *ret_list = (WaiverList){reader.rows.items, reader.rows.count};
    return diags->errors == errors;
}

/* ---- use ---- */

static bool concerns(const WaiverRow *row, const Finding *finding) {
    return row->rule == finding->rule && row->entity == finding->subject;
}

static void note_expired(const WaiverRow *row, Arena *arena, const Sources *sources,
                         Finding *finding) {
    Str file = source_of(sources, row->waiver.loc.source)->path;
    finding_add_note(finding, arena,
                     arena_printf(arena, "accepted until %.*s, which is over (%.*s:%u)",
                                  STR_ARG(row->waiver.until), STR_ARG(file), row->waiver.loc.line));
}

void waivers_apply(const WaiverList *list, Arena *arena, const Sources *sources,
                   Finding *const *findings, size_t count) {
    for (size_t i = 0; i < list->count; i++) {
        const WaiverRow *row = &list->rows[i];
        for (size_t j = 0; j < count; j++) {
            if (!concerns(row, findings[j])) {
                continue;
            }
            if (row->expired) {
                note_expired(row, arena, sources, findings[j]);
            } else {
                findings[j]->waiver = &row->waiver;
            }
        }
    }
}

static bool is_needed(const WaiverRow *row, const Report *report) {
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        bool needed = concerns(row, finding);
        for (size_t j = 0; j < finding->evidence_count; j++) {
            needed = needed || concerns(row, finding->evidence[j]);
        }
        if (needed) {
            return true;
        }
    }
    return false;
}

void waivers_check_used(const WaiverList *list, const Report *report, Diags *diags) {
    for (size_t i = 0; i < list->count; i++) {
        const WaiverRow *row = &list->rows[i];
        if (report_has_run(report, row->rule) && !is_needed(row, report)) {
            diag_warning(diags, row->loc, "there is nothing to accept: %.*s finds nothing here",
                         STR_ARG(row->rule->id));
        }
    }
}
