/* SQL functions: aggregates in Kleene's three-valued logic, text(), days without a clock,
 * addresses.
 *   any_true(x)       1 if any is true, else NULL if any is NULL, else 0 (also for no rows)
 *   all_true(x)       0 if any is false, else NULL if any is NULL, else 1
 *   all_equal(x)      0 if two stated values differ, else NULL if one of several is NULL, else 1
 *   count_stated(x)   the number of rows, NULL if any is NULL
 *   text(x)           x; marks a literal as free text
 *   days_between(a,b) days from a to b, both YYYY-MM-DD; NULL if either is no day
 *   as_of(id)         the day against which dates in that record are judged
 *   complete(kind)    1 if some input lists all records of the kind, else NULL
 *   in_network(a,n)   1 if address a lies in network n, 0 if not; NULL if either is none */
#include <string.h>

#include "model/value.h"
#include "query/address.h"
#include "query/connection.h"

/* ---- aggregates ---- */

typedef struct Tally {
    int64_t rows, nulls, trues, falses;
    sqlite3_value *first; /* the first stated value of all_equal */
    bool differ;
} Tally;

static Tally *tally_of(sqlite3_context *context) {
    return sqlite3_aggregate_context(context, sizeof(Tally));
}

/* Counts the row; NULL if there is no more to do: the value is NULL, or memory is out. */
static Tally *count_row(sqlite3_context *context, sqlite3_value *value) {
    Tally *tally = tally_of(context);
    if (!tally) {
        return NULL;
    }
    bool null = sqlite3_value_type(value) == SQLITE_NULL;
    tally->rows++;
    tally->nulls += null;
    return null ? NULL : tally;
}

static void count_truth(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    Tally *tally = count_row(context, argv[0]);
    if (!tally) {
        return;
    }
    if (sqlite3_value_double(argv[0]) < 0 || sqlite3_value_double(argv[0]) > 0) {
        tally->trues++;
    } else {
        tally->falses++;
    }
}

static void any_true(sqlite3_context *context) {
    const Tally *tally = sqlite3_aggregate_context(context, 0);
    if (!tally || tally->trues || !tally->nulls) {
        sqlite3_result_int(context, tally && tally->trues);
    }
}

static void all_true(sqlite3_context *context) {
    const Tally *tally = sqlite3_aggregate_context(context, 0);
    if (!tally || tally->falses || !tally->nulls) {
        sqlite3_result_int(context, !tally || !tally->falses);
    }
}

static void count_stated(sqlite3_context *context) {
    const Tally *tally = sqlite3_aggregate_context(context, 0);
    if (!tally || !tally->nulls) {
        sqlite3_result_int64(context, tally ? tally->rows : 0);
    }
}

static bool values_equal(sqlite3_value *a, sqlite3_value *b) {
    int type = sqlite3_value_type(a);
    int other = sqlite3_value_type(b);
    if (type == SQLITE_INTEGER && other == SQLITE_INTEGER) {
        return sqlite3_value_int64(a) == sqlite3_value_int64(b);
    }
    bool numbers = (type == SQLITE_INTEGER || type == SQLITE_FLOAT) &&
                   (other == SQLITE_INTEGER || other == SQLITE_FLOAT);
    if (numbers) {
        double x = sqlite3_value_double(a);
        double y = sqlite3_value_double(b);
        return x <= y && x >= y;
    }
    if (type != other) {
        return false;
    }
    int size = sqlite3_value_bytes(a);
    return size == sqlite3_value_bytes(b) &&
           (!size || !memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)size));
}

static void compare_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    Tally *tally = count_row(context, argv[0]);
    if (!tally) {
        return;
    }
    if (!tally->first) {
        tally->first = sqlite3_value_dup(argv[0]);
        if (!tally->first) {
            sqlite3_result_error_nomem(context);
        }
    } else if (!values_equal(tally->first, argv[0])) {
        tally->differ = true;
    }
}

static void all_equal(sqlite3_context *context) {
    Tally *tally = sqlite3_aggregate_context(context, 0);
    bool differ = tally && tally->differ;
    if (differ || !tally || !tally->nulls || tally->rows == 1) {
        sqlite3_result_int(context, !differ);
    }
    if (tally) {
        sqlite3_value_free(tally->first);
        tally->first = NULL;
    }
}

/* ---- scalars ---- */

static void same(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    sqlite3_result_value(context, argv[0]);
}

static bool day_of(sqlite3_value *value, int64_t *ret_days) {
    Str text;
    return argument_text(value, &text) && date_parse(text, ret_days);
}

static void days_between(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    int64_t from;
    int64_t to;
    if (day_of(argv[0], &from) && day_of(argv[1], &to)) {
        sqlite3_result_int64(context, to - from);
    }
}

static void as_of(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    const Database *database = sqlite3_user_data(context);
    int64_t id;
    RowId row;
    if (argument_integer(argv[0], &id) && kind_of_id(database->inventory, id, &row) != NO_KIND) {
        result_date(context, inventory_as_of(database->inventory, (EntityId)id));
    }
}

static void in_network(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    Str address;
    Str network;
    bool known;
    if (argument_text(argv[0], &address) && argument_text(argv[1], &network)) {
        bool inside = address_in_network(address, network, &known);
        if (known) {
            sqlite3_result_int(context, inside);
        }
    }
}

/* 1 if some input lists all records of the kind, else NULL. */
static void complete(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    const Database *database = sqlite3_user_data(context);
    Str name;
    KindId kind = argument_text(argv[0], &name)
                      ? schema_find_kind(inventory_schema(database->inventory), name)
                      : NO_KIND;
    if (kind == NO_KIND) {
        sqlite3_result_error(context, "complete() asks for a kind that there is not", -1);
    } else if (inventory_is_complete(database->inventory, kind)) {
        sqlite3_result_int(context, 1);
    }
}

typedef struct Function {
    const char *name;
    int arguments;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
    void (*step)(sqlite3_context *, int, sqlite3_value **);
    void (*final)(sqlite3_context *);
} Function;

static const Function functions[] = {
    {"any_true", 1, NULL, count_truth, any_true},
    {"all_true", 1, NULL, count_truth, all_true},
    {"count_stated", 1, NULL, count_truth, count_stated},
    {"all_equal", 1, NULL, compare_step, all_equal},
    {"text", 1, same, NULL, NULL},
    {"days_between", 2, days_between, NULL, NULL},
    {"as_of", 1, as_of, NULL, NULL},
    {"complete", 1, complete, NULL, NULL},
    {"in_network", 2, in_network, NULL, NULL},
};

int functions_register(Database *database) {
    enum { FLAGS = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS };
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        const Function *function = &functions[i];
        int code = sqlite3_create_function_v2(database->sqlite, function->name, function->arguments,
                                              FLAGS, database, function->call, function->step,
                                              function->final, NULL);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    return SQLITE_OK;
}
