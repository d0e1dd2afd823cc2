#include "rule/rule_mutation.h"

#include "rule/judge.h"
#include "rule/mutant.h"
#include "rule/run.h"

/* One example, and what the rule says of it as it stands. */
typedef struct Bench {
    Str name;
    Inventory *inventory;
    Draft draft;
    Verdicts verdicts;
} Bench;

typedef struct Check {
    const RuleTest *test;
    const Rule *rule;
    Arena *arena;
    Judge judge;
    Inventory *first; /* of the judge */
    Bench *benches;
    size_t bench_count;
    size_t tried;
    size_t cells; /* met so far */
    size_t share; /* one of so many is left out */
} Check;

static Diags *diags_of(const Check *check) {
    return check->test->context->diags;
}

/* ---- running ---- */

/* The inventory of a document; NULL if it cannot be loaded. */
static Inventory *load(const Check *check, const Node *root, Arena *scratch) {
    const RuleTest *test = check->test;
    Diags unseen;
    diags_init(&unseen, scratch);
    ReadContext context = {test->context->sources, &unseen, scratch};
    LoadOptions options = {.as_of = STR_NONE};
    interner_thaw(test->schema->interner);
    Inventory *inventory = inventory_open(test->schema, test->context->sources);
    load_tree(inventory, &context, root->loc.source, root);
    if (unseen.errors || !inventory_finish(inventory, &unseen, &options)) {
        inventory_close(inventory);
        inventory = NULL;
    }
    interner_freeze(test->schema->interner);
    return inventory;
}

static bool judge_document(const Check *check, const Node *root, Arena *arena, Verdicts *ret) {
    Inventory *inventory = load(check, root, arena);
    bool good = inventory && judge_run(&check->judge, inventory, arena, ret);
    inventory_close(inventory);
    return good;
}

static bool open_benches(Check *check) {
    const Node *examples = check->rule->examples;
    check->bench_count = examples ? examples->count : 0;
    check->benches = arena_array(check->arena, Bench, check->bench_count);
    bool good = check->bench_count > 0;
    for (size_t i = 0; good && i < check->bench_count; i++) {
        const Node *node = &examples->items[i];
        const Node *root = tree_get(node, "inventory");
        Bench *bench = &check->benches[i];
        bench->name = tree_text(diags_of(check), node, "name");
        bench->inventory = load(check, root, check->arena);
        good = bench->inventory != NULL;
        if (good && i == 0) {
            check->first = load(check, root, check->arena);
            good = judge_open(&check->judge, check->arena, check->test->packs, check->rule,
                              check->first);
        }
        if (good) {
            bench->draft = draft_of(check->arena, root, bench->inventory);
            good = judge_document(check, root, check->arena, &bench->verdicts);
        }
    }
    return good;
}

static void close_benches(Check *check) {
    if (check->first) {
        judge_close(&check->judge);
    }
    inventory_close(check->first);
    for (size_t i = 0; i < check->bench_count; i++) {
        inventory_close(check->benches[i].inventory);
    }
}

/* ---- one change ---- */

static const char *const verdict_words[] = {
    [VERDICT_PASS] = "passes", [VERDICT_UNKNOWN] = "is unknown", [VERDICT_FAIL] = "fails"};

static Str column_text(const Check *check, const ColumnRead *read) {
    return fact_name(check->arena, check->first, read->kind, read->column);
}

static bool is_listed(const Str *columns, size_t count, Str column) {
    bool listed = false;
    for (size_t i = 0; !listed && i < count; i++) {
        listed = str_eq(columns[i], column);
    }
    return listed;
}

/* Nothing may pass for want of a fact. */
static void check_left_out(Check *check, const Bench *bench, const WrittenCell *cell,
                           const ColumnRead *read, const Verdicts *verdicts) {
    for (size_t i = 0; i < bench->verdicts.count; i++) {
        const EntityVerdict *before = &bench->verdicts.items[i];
        const EntityVerdict *after = verdicts_find(verdicts, before->entity);
        if (before->verdict != VERDICT_PASS && after && after->verdict == VERDICT_PASS) {
            Str fact = column_text(check, read);
            diag_error(diags_of(check), cell->node->loc,
                       "%.*s, example \"%.*s\": %.*s %s; without this %.*s it passes",
                       STR_ARG(check->rule->id), STR_ARG(bench->name), STR_ARG(before->entity),
                       verdict_words[before->verdict], STR_ARG(fact));
        }
    }
}

/* False where a default takes the place of the fact, or without it nothing is asked. */
static bool must_hold(const Check *check, const ColumnRead *read) {
    const Rule *rule = check->rule;
    return !read->effective && !is_listed(rule->scope, rule->scope_count, column_text(check, read));
}

/* True if the change of that number changes a verdict. `*ret_more` is false if there is none. */
static bool try_change(Check *check, const Bench *bench, const WrittenCell *cell,
                       const ColumnRead *read, size_t number, bool *ret_more) {
    Mutant mutant;
    *ret_more = mutant_apply(cell, number, &mutant);
    if (!*ret_more) {
        mutant_undo(&mutant);
        return false;
    }
    Arena *scratch = arena_open(0);
    Verdicts verdicts;
    bool changed = false;
    if (judge_document(check, bench->draft.root, scratch, &verdicts)) {
        changed = !verdicts_equal(&bench->verdicts, &verdicts);
        if (number == 0 && must_hold(check, read)) {
            check_left_out(check, bench, cell, read, &verdicts);
        }
    }
    check->tried++;
    mutant_undo(&mutant);
    arena_close(scratch);
    return changed;
}

/* ---- one column ---- */

typedef struct Use {
    bool stated, decides;
} Use;

/* The next written cell of a column in any example, from where `at` stands. */
typedef struct CellWalk {
    size_t bench, row;
    WrittenCell cell;
} CellWalk;

static bool next_cell(const Check *check, const ColumnRead *read, CellWalk *at) {
    for (; at->bench < check->bench_count; at->bench++, at->row = 0) {
        const Bench *bench = &check->benches[at->bench];
        size_t rows = inventory_row_count(bench->inventory, read->kind);
        while (at->row < rows) {
            RowId row = (RowId)at->row++;
            if (draft_find(&bench->draft, read->kind, read->column, row, &at->cell)) {
                return true;
            }
        }
    }
    return false;
}

/* Leaves out each of its cells, or the share of them; of a column that must decide one after the
 * other until it does. */
static void leave_out(Check *check, const ColumnRead *read, Use *use) {
    bool more;
    for (CellWalk at = {0}; next_cell(check, read, &at); use->stated = true) {
        bool in_share = check->cells++ % check->share == 0;
        if (in_share || (read->direct && !use->decides)) {
            use->decides = try_change(check, &check->benches[at.bench], &at.cell, read, 0, &more) ||
                           use->decides;
        }
    }
}

/* Puts other values in its place, until one of them changes a verdict. */
static void put_others(Check *check, const ColumnRead *read, Use *use) {
    for (CellWalk at = {0}; !use->decides && next_cell(check, read, &at);) {
        bool more = true;
        for (size_t number = 1; more && !use->decides; number++) {
            use->decides =
                try_change(check, &check->benches[at.bench], &at.cell, read, number, &more);
        }
    }
}

/* Names identify; what packs derive nobody states. */
static bool is_fact(const Check *check, const ColumnRead *read) {
    const Kind *kind = schema_kind(check->test->schema, read->kind);
    return !kind->derived && kind->columns[read->column].field->type != TYPE_NAME;
}

static void check_column(Check *check, const ColumnRead *read) {
    Use use = {0};
    Str column = column_text(check, read);
    const Rule *rule = check->rule;
    bool message_only = is_listed(rule->message_only, rule->message_only_count, column);
    leave_out(check, read, &use);
    if (!use.decides && (read->direct || message_only)) {
        put_others(check, read, &use);
    }
    if (message_only && use.decides) {
        diag_error(diags_of(check), check->rule->query_loc,
                   "%.*s: %.*s stands under message_only, and decides", STR_ARG(check->rule->id),
                   STR_ARG(column));
    }
    bool scope = is_listed(rule->scope, rule->scope_count, column);
    if (!message_only && !scope && !use.decides && read->direct) {
        diag_error(diags_of(check), check->rule->query_loc,
                   use.stated ? "%.*s: no example shows that %.*s decides; if it does not, name "
                                "it under message_only"
                              : "%.*s: no example states %.*s, which the query reads",
                   STR_ARG(check->rule->id), STR_ARG(column));
    }
}

/* What the rule names must be read. */
static void check_named(const Check *check, const char *key, const Str *columns, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool read = false;
        for (size_t j = 0; !read && j < check->judge.read_count; j++) {
            read = str_eq(columns[i], column_text(check, &check->judge.reads[j]));
        }
        if (!read) {
            diag_error(diags_of(check), check->rule->query_loc,
                       "%.*s: the query does not read %.*s, which stands under %s",
                       STR_ARG(check->rule->id), STR_ARG(columns[i]), key);
        }
    }
}

/* Of a rule that needs the graph one cell of so many is left out. */
static size_t share_of(const Check *check, bool all) {
    size_t cells = 0;
    for (size_t i = 0; !all && !check->judge.query && i < check->judge.read_count; i++) {
        for (CellWalk at = {0}; next_cell(check, &check->judge.reads[i], &at);) {
            cells++;
        }
    }
    return 1 + cells / MUTANTS_OF_GRAPH_RULE;
}

bool rule_mutations(const RuleTest *test, const Rule *rule, bool all, size_t *ret_count) {
    size_t errors = test->context->diags->errors;
    Check check = {.test = test, .rule = rule, .arena = arena_open(0)};
    if (open_benches(&check)) {
        check.share = share_of(&check, all);
        for (size_t i = 0; i < check.judge.read_count; i++) {
            if (is_fact(&check, &check.judge.reads[i])) {
                check_column(&check, &check.judge.reads[i]);
            }
        }
        check_named(&check, "message_only", rule->message_only, rule->message_only_count);
        check_named(&check, "scope", rule->scope, rule->scope_count);
    } else {
        diag_error(test->context->diags, rule->query_loc, "%.*s: its examples cannot be run",
                   STR_ARG(rule->id));
    }
    close_benches(&check);
    *ret_count += check.tried;
    arena_close(check.arena);
    return test->context->diags->errors == errors;
}
