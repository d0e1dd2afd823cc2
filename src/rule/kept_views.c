#include "rule/kept_views.h"

#include <string.h>

#include "rule/lint_state.h"
#include "rule/no_rows.h"
#include "rule/pool.h"
#include "rule/table_new.h"

/* ---- which views, in which order ---- */

typedef struct Keeping {
    Lint *lint;
    const SqlView *views;
    size_t count;
    bool *wanted;
    bool *large; /* goes through many rows */
} Keeping;

static void find_wanted(Keeping *keeping, const Str *statements, size_t count, bool deriving,
                        Arena *scratch) {
    const Lint *lint = keeping->lint;
    for (size_t s = 0; s < count; s++) {
        SqlUse use = mentions_of(lint->mentions, scratch, statements[s]);
        for (size_t i = 0; i < keeping->count; i++) {
            keeping->wanted[i] = keeping->wanted[i] || mentions_view(lint->mentions, &use, i);
        }
    }
    for (size_t i = 0; i < keeping->count; i++) {
        SqlUse use = mentions_of_view(lint->mentions, i);
        keeping->wanted[i] = keeping->wanted[i] && lint->view_keeping.items[i].kept &&
                             !lint->kept.items[i].table &&
                             !(deriving && mentions_records(lint->mentions, &use, false));
    }
}

/* Nothing that it stands on is still to be kept. */
static bool is_ready(const Keeping *keeping, size_t view) {
    const Mentions *mentions = keeping->lint->mentions;
    SqlUse use = mentions_of_view(mentions, view);
    bool ready = keeping->wanted[view];
    for (size_t j = 0; ready && j < keeping->count; j++) {
        ready = !(mentions_view(mentions, &use, j) && keeping->wanted[j]);
    }
    return ready;
}

/* All that are ready; where large ones still wait, small ones alone, so that large ones run side by
 * side. */
static size_t find_level(const Keeping *keeping, size_t *ret_level) {
    size_t count = 0;
    bool small = false;
    bool waits = false;
    for (size_t i = 0; i < keeping->count; i++) {
        bool ready = is_ready(keeping, i);
        small = small || (ready && !keeping->large[i]);
        waits = waits || (!ready && keeping->wanted[i] && keeping->large[i]);
    }
    for (size_t i = 0; i < keeping->count; i++) {
        if (is_ready(keeping, i) && !(small && waits && keeping->large[i])) {
            ret_level[count++] = i;
        }
    }
    return count;
}

/* ---- reading one ---- */

enum {
    LIMIT_KEPT_COLUMNS = 32,
    SMALL_VIEW = 10000, /* rows that one goes through */
    SMALL_TABLE = 2000, /* rows up to which every column can be looked up, not ids alone */
};

typedef struct KeptColumn {
    VEC(int64_t) cells; /* MEM_INT_NULL; a text as symbol of the worker's interner */
    bool has_numbers, has_texts;
} KeptColumn;

typedef struct KeptRows {
    KeptColumn columns[LIMIT_KEPT_COLUMNS];
    Str names[LIMIT_KEPT_COLUMNS];
    size_t column_count, row_count;
    int worker;
    bool complete;
} KeptRows;

typedef struct KeptLevel {
    StatementPool pool;
    KeptRows *results; /* by statement */
} KeptLevel;

static void read_kept_cell(const Query *query, size_t at, Interner *texts, Arena *arena,
                           KeptColumn *column) {
    int64_t cell = MEM_INT_NULL;
    QueryCell read = query_cell(query, at);
    if (read.type == QUERY_TEXT) {
        cell = intern(texts, read.text);
        column->has_texts = true;
    } else if (read.type == QUERY_NUMBER) {
        cell = read.number;
        column->has_numbers = true;
    }
    vec_push(arena, &column->cells, cell);
}

static bool read_kept(void *context, StatementRun *run, int worker, size_t index) {
    KeptLevel *level = context;
    KeptRows *rows = &level->results[index];
    Arena *arena = level->pool.workers[worker].arena;
    Interner *texts = level->pool.workers[worker].interner;
    rows->worker = worker;
    rows->column_count = query_column_count(run->query);
    if (rows->column_count > LIMIT_KEPT_COLUMNS) {
        return false;
    }
    for (size_t i = 0; i < rows->column_count; i++) {
        rows->names[i] = arena_copy(arena, query_column_name(run->query, i));
    }
    bool failed = false;
    while (statement_next(run, &failed)) {
        for (size_t i = 0; i < rows->column_count; i++) {
            read_kept_cell(run->query, i, texts, arena, &rows->columns[i]);
        }
        rows->row_count++;
    }
    rows->complete = !failed;
    for (size_t i = 0; i < rows->column_count; i++) {
        const KeptColumn *column = &rows->columns[i];
        rows->complete = rows->complete && !(column->has_numbers && column->has_texts);
    }
    return rows->complete;
}

/* ---- the table ---- */

static bool is_version(const ViewKeeping *keeping, Str column) {
    for (size_t i = 0; i < keeping->version_count; i++) {
        if (str_eq(keeping->versions[i], column)) {
            return true;
        }
    }
    return false;
}

/* What the inventory's interner calls the texts of a worker's, each looked up once. */
static Sym *translate(Arena *arena, Interner *to, const Interner *from) {
    size_t count = interner_count(from);
    Sym *syms = arena_array(arena, Sym, count);
    for (Sym sym = 1; sym < count; sym++) {
        syms[sym] = intern(to, sym_text(from, sym));
    }
    return syms;
}

static int64_t *text_cells(Arena *arena, const Sym *syms, const KeptColumn *column, size_t count) {
    int64_t *cells = arena_array(arena, int64_t, count);
    for (size_t i = 0; i < count; i++) {
        int64_t cell = column->cells.items[i];
        cells[i] = cell == MEM_INT_NULL ? MEM_NULL : (int64_t)syms[cell];
    }
    return cells;
}

static int64_t *number_cells(Arena *arena, const KeptColumn *column, size_t count) {
    int64_t *cells = arena_array(arena, int64_t, count);
    if (count) {
        memcpy(cells, column->cells.items, count * sizeof *cells);
    }
    return cells;
}

static const MemTable *kept_table(Lint *lint, size_t index, const KeptRows *rows, const Sym *syms) {
    Arena *arena = lint->arena;
    const SqlView *view = &lint->views.items[index];
    MemTable *table = arena_new(arena, MemTable);
    MemColumn *columns = arena_array(arena, MemColumn, rows->column_count);
    *table = (MemTable){.name = arena_copy(arena, view->name).s,
                        .doc = view->doc.s,
                        .columns = columns,
                        .column_count = rows->column_count,
                        .cells = arena_array(arena, int64_t *, rows->column_count),
                        .row_count = rows->row_count};
    for (size_t i = 0; i < rows->column_count; i++) {
        const KeptColumn *column = &rows->columns[i];
        bool version = is_version(&lint->view_keeping.items[index], rows->names[i]);
        MemType type = column->has_numbers ? MEM_INT
                       : version           ? MEM_VERSION
                       : column->has_texts ? MEM_TEXT
                                           : MEM_EMPTY;
        columns[i] = (MemColumn){.name = arena_copy(arena, rows->names[i]).s,
                                 .type = type,
                                 .doc = "",
                                 .indexed = rows->row_count <= SMALL_TABLE ||
                                            str_ends(rows->names[i], STR("_id"))};
        table->cells[i] = type == MEM_INT ? number_cells(arena, column, rows->row_count)
                                          : text_cells(arena, syms, column, rows->row_count);
    }
    return table;
}

/* ---- level by level ---- */

static Shown shown_until(const Mentions *mentions, size_t view) {
    SqlUse use = mentions_of_view(mentions, view);
    return !mentions_records(mentions, &use, true)  ? SHOW_ALL
           : !mentions_some_default(mentions, &use) ? SHOW_DEFAULTS
                                                    : SHOW_RESULTS;
}

static void keep_level(Keeping *keeping, const size_t *level, size_t count) {
    Lint *lint = keeping->lint;
    Arena *scratch = arena_open(0);
    Diags unseen; /* who uses a view that fails says so */
    diags_init(&unseen, scratch);
    KeptLevel run = {.results = arena_array(scratch, KeptRows, count)};
    Statement *statements = arena_array(scratch, Statement, count);
    for (size_t i = 0; i < count; i++) {
        const SqlView *view = &keeping->views[level[i]];
        statements[i] = (Statement){view->sql, lint->view_locs.items[level[i]], view->name};
    }
    interner_freeze(lint->packs->interner); /* threads only look names up */
    pool_open(&run.pool, scratch, &lint->catalogs[SHOW_RESULTS], lint->threads);
    pool_run(&run.pool, statements, count, read_kept, &run, &unseen);
    interner_thaw(lint->packs->interner);
    Sym **syms = arena_array(scratch, Sym *, (size_t)run.pool.threads);
    for (int w = 0; w < run.pool.threads; w++) {
        syms[w] = translate(scratch, lint->packs->interner, run.pool.workers[w].interner);
    }
    for (size_t i = 0; i < count; i++) {
        const KeptRows *rows = &run.results[i];
        if (rows->complete) {
            lint->kept.items[level[i]].until = shown_until(lint->mentions, level[i]);
            lint->kept.items[level[i]].table = kept_table(lint, level[i], rows, syms[rows->worker]);
        }
    }
    pool_close(&run.pool);
    arena_close(scratch);
}

void lint_keep_views(Lint *lint, const Str *statements, size_t count, bool deriving) {
    size_t n = lint->views.count;
    Arena *scratch = arena_open(0);
    Keeping keeping = {.lint = lint,
                       .views = lint->views.items,
                       .count = n,
                       .wanted = arena_array(scratch, bool, n),
                       .large = arena_array(scratch, bool, n)};
    size_t *level = arena_array(scratch, size_t, n);
    bool frozen = interner_is_frozen(lint->packs->interner);
    find_wanted(&keeping, statements, count, deriving, scratch);
    NoRows check;
    no_rows_init(&check, scratch, &lint->catalogs[SHOW_RESULTS]);
    for (size_t i = 0; i < n; i++) {
        keeping.large[i] =
            keeping.wanted[i] && rows_to_visit(&check, lint->views.items[i].sql) > SMALL_VIEW;
    }
    for (;;) {
        size_t level_count = find_level(&keeping, level);
        if (!level_count) { /* none is left, or views that use each other */
            break;
        }
        keep_level(&keeping, level, level_count);
        for (size_t i = 0; i < level_count; i++) {
            keeping.wanted[level[i]] = false;
        }
        lint_refresh_catalog(lint);
    }
    if (frozen) {
        interner_freeze(lint->packs->interner);
    }
    arena_close(scratch);
}
