#include "rule/baseline.h"

#include <stdlib.h>

#include "model/write.h"

enum { VERSION = 1, HEX_DIGITS = 64 };

/* ---- reading ---- */

typedef struct BaselineReader {
    const Packs *packs;
    Arena *arena;
    Diags *diags;
    VEC(BaselineEntry) entries;
} BaselineReader;

static bool is_hex(Str text) {
    bool good = text.n == HEX_DIGITS;
    for (size_t i = 0; good && i < text.n; i++) {
        good = str_find(STR("0123456789abcdef"), text.s[i], 0) != SIZE_MAX;
    }
    return good;
}

/* The single value of a key that must be there; NULL with an error. */
static const Node *need(BaselineReader *reader, const Node *item, const char *key) {
    const Node *node = tree_get(item, key);
    if (!node || node->type != NODE_SCALAR) {
        diag_error(reader->diags, node ? node->loc : item->loc, "an entry has one '%s'", key);
        return NULL;
    }
    return node;
}

static void read_entry(BaselineReader *reader, const Node *item) {
    static const char *const keys[] = {"rule", "entity", "severity", "fingerprint", NULL};
    static const char *const severities[] = {"error", "warning", "info", NULL};
    if (!tree_check_keys(reader->diags, item, keys, "baseline entry")) {
        return;
    }
    const Node *rule = need(reader, item, "rule");
    const Node *entity = need(reader, item, "entity");
    const Node *severity = need(reader, item, "severity");
    const Node *print = need(reader, item, "fingerprint");
    if (!rule || !entity || !severity || !print) {
        return;
    }
    BaselineEntry entry = {
        .rule = packs_rule_named(reader->packs, rule->text, rule->loc, reader->diags),
        .entity = entity->text,
        .fingerprint = print->text,
        .waiver = {.reason = STR("it stands in the baseline"), .known = true, .loc = item->loc}};
    if (!is_hex(print->text)) {
        diag_error(reader->diags, print->loc, "a fingerprint has 64 hexadecimal digits");
    }
    if (tree_choice(reader->diags, severity, severities) != SIZE_MAX) {
        severity_parse(severity->text, &entry.severity);
    }
    vec_push(reader->arena, &reader->entries, entry);
}

static int compare_entries(const void *a, const void *b) {
    const BaselineEntry *x = a;
    const BaselineEntry *y = b;
    return str_cmp(x->fingerprint, y->fingerprint);
}

/* For one order whatever the sort does; a search knows no place. */
static int compare_places(const void *a, const void *b) {
    const BaselineEntry *x = a;
    const BaselineEntry *y = b;
    int order = compare_entries(a, b);
    return order ? order
                 : (x->waiver.loc.line > y->waiver.loc.line) -
                       (x->waiver.loc.line < y->waiver.loc.line);
}

/* Such as a merge that kept both sides leaves. */
static void complain_twice(const BaselineReader *reader) {
    for (size_t i = 1; i < reader->entries.count; i++) {
        const BaselineEntry *entry = &reader->entries.items[i];
        if (!compare_entries(entry - 1, entry)) {
            Diag *diag =
                diag_error(reader->diags, entry->waiver.loc, "this fingerprint is given twice");
            diag_place(reader->diags, diag, entry[-1].waiver.loc, "first here");
        }
    }
}

bool baseline_read(const Node *root, const Packs *packs, Arena *arena, Diags *diags,
                   Baseline *ret_baseline) {
    static const char *const keys[] = {"topolint-baseline", "findings", NULL};
    size_t errors = diags->errors;
    BaselineReader reader = {.packs = packs, .arena = arena, .diags = diags};
    if (!tree_check_keys(diags, root, keys, "baseline")) {
        return false;
    }
    const Node *version = tree_get(root, "topolint-baseline");
    int64_t number = 0;
    if (!version || !str_to_int(version->text, &number) || number != VERSION) {
        diag_error(diags, version ? version->loc : root->loc,
                   "a baseline begins with 'topolint-baseline: %d'", VERSION);
    }
    const Node *list = tree_get(root, "findings");
    if (!list || list->type != NODE_LIST) {
        diag_error(diags, list ? list->loc : root->loc, "a baseline has a list 'findings'");
    }
    for (size_t i = 0; list && list->type == NODE_LIST && i < list->count; i++) {
        read_entry(&reader, &list->items[i]);
    }
    if (reader.entries.count) {
        qsort(reader.entries.items, reader.entries.count, sizeof *reader.entries.items,
              compare_places);
    }
    complain_twice(&reader);
    *ret_baseline = (Baseline){reader.entries.items, reader.entries.count};
    return diags->errors == errors;
}

/* ---- use ---- */

static BaselineEntry *see(Baseline *baseline, Str fingerprint) {
    const BaselineEntry wanted = {.fingerprint = fingerprint};
    BaselineEntry *entry = baseline->count ? bsearch(&wanted, baseline->entries, baseline->count,
                                                     sizeof wanted, compare_entries)
                                           : NULL;
    if (entry) {
        entry->seen = true;
    }
    return entry;
}

void baseline_apply(Baseline *baseline, Arena *arena, Finding *const *findings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Finding *finding = findings[i];
        const BaselineEntry *entry = see(baseline, finding->fingerprint);
        for (size_t j = 0; j < finding->evidence_count; j++) {
            see(baseline, finding->evidence[j]->fingerprint);
        }
        if (!entry || finding->waiver) {
            continue;
        }
        if (finding->severity <= entry->severity) {
            finding->waiver = &entry->waiver;
        } else {
            finding_add_note(finding, arena,
                             arena_printf(arena, "worse than in the baseline: %.*s there",
                                          STR_ARG(severity_name(entry->severity))));
        }
    }
}

/* What is not assessed is not mended. Entities behind the named ones might be this one. */
static bool may_be_undecided(const BaselineEntry *entry, const Report *report, Arena *arena) {
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        const NotAssessed *item = &report->not_assessed[i];
        bool may = item->rule == entry->rule && item->count > item->entity_count;
        for (size_t j = 0; item->rule == entry->rule && !may && j < item->entity_count; j++) {
            may = str_eq(inventory_full_name(report->inventory, arena, item->entities[j]),
                         entry->entity);
        }
        if (may) {
            return true;
        }
    }
    return false;
}

const BaselineEntry *const *baseline_fixed(const Baseline *baseline, const Report *report,
                                           Arena *arena, size_t *ret_count) {
    const BaselineEntry **fixed = arena_array(arena, const BaselineEntry *, baseline->count);
    *ret_count = 0;
    for (size_t i = 0; i < baseline->count; i++) {
        const BaselineEntry *entry = &baseline->entries[i];
        if (report_has_run(report, entry->rule) && !entry->seen &&
            !may_be_undecided(entry, report, arena)) {
            fixed[(*ret_count)++] = entry;
        }
    }
    return fixed;
}

/* ---- writing ---- */

void baseline_write(const Report *report, Buf *out) {
    Arena *scratch = arena_open(0);
    size_t written = 0;
    buf_printf(out,
               "# Written by topolint lint --write-baseline; findings in it do not count.\n"
               "topolint-baseline: %d\nfindings:",
               VERSION);
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        if (finding->waiver && !finding->waiver->known) {
            continue;
        }
        buf_printf(out, "%s  - {rule: %.*s, entity: ", written++ ? "" : "\n",
                   STR_ARG(finding->rule->id));
        yaml_add_quoted(out, inventory_full_name(report->inventory, scratch, finding->subject));
        buf_printf(out, ", severity: %.*s,\n     fingerprint: %.*s}\n",
                   STR_ARG(severity_name(finding->severity)), STR_ARG(finding->fingerprint));
    }
    buf_addz(out, written ? "" : " []\n");
    arena_close(scratch);
}
