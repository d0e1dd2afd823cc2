/* The verdict of an entity and its severity: rows folded, profile and overrides applied. */
#include <stdlib.h>
#include <string.h>

#include "rule/pack_file.h"
#include "rule/run.h"

static bool is_overridden(const LintOptions *options, const Rule *rule, Severity *ret_severity) {
    for (size_t i = 0; i < options->override_count; i++) {
        if (options->overrides[i].rule == rule) {
            *ret_severity = options->overrides[i].severity;
            return true;
        }
    }
    return false;
}

static Severity cell_severity(const Cell *cell, Severity otherwise) {
    Severity severity = otherwise;
    if (cell->type == CELL_TEXT) {
        severity_parse(cell->text, &severity);
    }
    return severity;
}

Severity row_severity(const LintOptions *options, const Rule *rule, const ResultColumns *columns,
                      const Cell *row) {
    Severity severity = rule->severity;
    if (columns->severity != NO_RESULT) {
        severity = cell_severity(&row[columns->severity], severity);
    }
    const ProfileRule *profile = &rule->profiles[options->profile];
    if (profile->given && profile->column.n) {
        int column = columns_find(columns, profile->column);
        severity = column == NO_RESULT ? severity : cell_severity(&row[column], severity);
    } else if (profile->given) {
        severity = profile->severity[severity];
    }
    if (severity != SEVERITY_NONE) {
        is_overridden(options, rule, &severity);
    }
    return severity;
}

static int compare_cells(const Cell *a, const Cell *b) {
    if (a->type != b->type) {
        return a->type < b->type ? -1 : 1;
    }
    if (a->type == CELL_TEXT) {
        return str_cmp_natural(a->text, b->text);
    }
    return (a->number > b->number) - (a->number < b->number);
}

/* For qsort, which takes no context: the number of columns stands beside each row. */
typedef struct SortRow {
    const Cell *cells;
    EntityId entity;
    uint32_t columns;
    Severity severity;
} SortRow;

static int compare_rows(const void *a, const void *b) {
    const SortRow *x = a;
    const SortRow *y = b;
    if (x->entity != y->entity) {
        return x->entity < y->entity ? -1 : 1;
    }
    for (uint32_t i = 0; i < x->columns; i++) {
        int order = compare_cells(&x->cells[i], &y->cells[i]);
        if (order) {
            return order;
        }
    }
    return 0;
}

/* Rows with a severity, sorted; returns how many. */
static size_t rate_rows(const RuleWorker *worker, const RuleRun *run, const FailRow *rows,
                        size_t count, SortRow *ret) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        Severity severity = row_severity(worker->options, run->rule, &run->columns, rows[i].cells);
        if (severity != SEVERITY_NONE) {
            ret[kept++] =
                (SortRow){rows[i].cells, rows[i].entity, (uint32_t)run->columns.count, severity};
        }
    }
    if (kept) {
        qsort(ret, kept, sizeof *ret, compare_rows);
    }
    return kept;
}

void fold_rows(const RuleWorker *worker, RuleRun *run, FailRow *rows, size_t count) {
    SortRow *sorted = arena_array(worker->scratch, SortRow, count);
    count = rate_rows(worker, run, rows, count, sorted);
    const Cell **cells = arena_array(worker->arena, const Cell *, count);
    for (size_t i = 0; i < count; i++) {
        cells[i] = sorted[i].cells;
        run->subject_count += i == 0 || sorted[i].entity != sorted[i - 1].entity;
    }
    run->subjects = arena_array(worker->arena, Subject, run->subject_count);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (i && sorted[i].entity != sorted[i - 1].entity) {
            at++;
        }
        Subject *subject = &run->subjects[at];
        if (!subject->row_count) {
            subject->entity = sorted[i].entity;
            subject->rows = cells + i;
        }
        subject->row_count++;
        if (sorted[i].severity > subject->severity) {
            subject->severity = sorted[i].severity;
        }
    }
}
