#include "rule/edit.h"

#include "rule/kept_views.h"
#include "rule/lint_state.h"
#include "rule/statement.h"

typedef struct EditRead {
    Arena *arena;
    VEC(Edit) list;
    VEC(const Str *) rows; /* of the edit in hand */
    Str mark;              /* its column `edit` */
    size_t first;          /* of the suggestion in hand, in `list` */
    const bool *wanted;    /* by entity: has a finding that it answers */
    size_t entity_column, edit_column;
} EditRead;

bool edit_answers(const Edit *edit, const Finding *finding) {
    bool answers = false;
    for (size_t i = 0; i < edit->rule->rule_count && !answers; i++) {
        answers = str_eq(edit->rule->rules[i], finding->rule->id);
    }
    return answers && edit->subject == finding->subject;
}

/* The subjects of findings that the suggestion answers; NULL if there are none. */
static const bool *find_wanted(const SuggestRule *rule, const Report *report, Arena *arena) {
    bool *wanted = NULL;
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        Edit edit = {.rule = rule, .subject = finding->subject};
        if (!finding->waiver && edit_answers(&edit, finding)) {
            wanted = wanted
                         ? wanted
                         : arena_array(arena, bool, inventory_entity_count(report->inventory) + 1);
            wanted[finding->subject] = true;
        }
    }
    return wanted;
}

/* A cell as text; NULL is a text without an address. */
static Str read_cell(EditRead *read, const Query *query, size_t column) {
    QueryCell cell = query_cell(query, column);
    switch (cell.type) {
    case QUERY_NULL:
        return (Str){NULL, 0};
    case QUERY_NUMBER:
        return arena_printf(read->arena, "%lld", (long long)cell.number);
    default:
        return arena_copy(read->arena, query_text(query, column));
    }
}

static size_t edits_of(const EditRead *read, EntityId subject) {
    size_t count = 0;
    for (size_t i = read->first; i < read->list.count; i++) {
        count += read->list.items[i].subject == subject;
    }
    return count;
}

/* The last edit that is kept for the finding says that there are more. */
static void mark_cut(EditRead *read, EntityId subject) {
    size_t i = read->list.count;
    while (read->list.items[--i].subject != subject) {
    }
    read->list.items[i].cut = true;
}

/* Rows of one entity and one value of `edit` that follow each other are one edit. */
static void take_row(EditRead *read, const StatementRun *run, const Edit *like, EntityId subject) {
    Str *cells = arena_array(read->arena, Str, like->column_count);
    for (size_t i = 0; i < like->column_count; i++) {
        cells[i] = read_cell(read, run->query, i);
    }
    Edit *last = read->list.count > read->first ? &read->list.items[read->list.count - 1] : NULL;
    Str mark = cells[read->edit_column];
    bool same = last && last->subject == subject && mark.s && str_eq(read->mark, mark);
    read->mark = mark.s ? mark : STR_NONE;
    if (!same && edits_of(read, subject) >= EDITS_MAX) {
        mark_cut(read, subject);
        return;
    }
    if (!same) {
        Edit edit = *like;
        edit.subject = subject;
        vec_push(read->arena, &read->list, edit);
        last = &read->list.items[read->list.count - 1];
        read->rows.items = NULL; /* those of the last edit stay with it */
        read->rows.count = read->rows.capacity = 0;
    }
    vec_push(read->arena, &read->rows, cells);
    last->rows = (const Str **)read->rows.items;
    last->row_count = read->rows.count;
}

static bool run_query(EditRead *read, StatementRun *run, const SuggestRule *rule) {
    Edit like = {.rule = rule, .column_count = query_column_count(run->query)};
    Str *columns = arena_array(read->arena, Str, like.column_count);
    for (size_t i = 0; i < like.column_count; i++) {
        columns[i] = arena_copy(read->arena, query_column_name(run->query, i));
    }
    like.columns = columns;
    read->entity_column = statement_column(run, "entity", true);
    read->edit_column = statement_column(run, "edit", true);
    bool failed = read->entity_column == SIZE_MAX || read->edit_column == SIZE_MAX;
    while (!failed && statement_next(run, &failed)) {
        EntityId subject;
        failed = !statement_id(run, read->entity_column, &subject);
        if (!failed && subject && read->wanted[subject]) {
            take_row(read, run, &like, subject);
        }
    }
    return !failed;
}

static bool run_suggestion(EditRead *read, Lint *lint, const SuggestRule *rule, Diags *diags) {
    lint_prepare_queries(lint, &rule->query, 1);
    Arena *scratch = arena_open(0);
    Database *database;
    Status status = database_open(scratch, &lint->catalogs[SHOW_RESULTS], &database);
    bool good = !status.failed;
    if (good) {
        Statement statement = {rule->query, rule->query_loc,
                               arena_printf(scratch, "suggestion %.*s", STR_ARG(rule->id))};
        StatementRun run;
        read->first = read->list.count;
        read->mark = STR_NONE;
        good = statement_open(&run, database, lint->inventory, diags, &statement) &&
               run_query(read, &run, rule);
        statement_close(&run);
        database_close(database);
    } else {
        diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
    }
    arena_close(scratch);
    return good;
}

bool edits_read(Lint *lint, const Report *report, Arena *arena, Diags *diags, Edits *ret_edits) {
    *ret_edits = (Edits){.items = NULL};
    EditRead read = {.arena = arena};
    bool good = true;
    for (size_t i = 0; i < lint->packs->count; i++) {
        const Pack *pack = &lint->packs->items[i];
        for (size_t j = 0; j < pack->suggest_count; j++) {
            read.wanted = find_wanted(&pack->suggests[j], report, arena);
            good = (!read.wanted || run_suggestion(&read, lint, &pack->suggests[j], diags)) && good;
        }
    }
    ret_edits->items = read.list.items;
    ret_edits->count = read.list.count;
    return good;
}
