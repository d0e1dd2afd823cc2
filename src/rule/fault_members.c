/* The fault sets that contracts name, and what is wrong with their terms. */
#include <stdlib.h>

#include "base/suggest.h"
#include "rule/contract.h"
#include "rule/statement.h"

static const FaultSet *find_set(const Packs *packs, Str name, Suggest *suggest, Str *ret_list,
                                Arena *arena) {
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].fault_set_count; j++) {
            const FaultSet *set = &packs->items[i].fault_sets[j];
            if (str_eq(set->name, name)) {
                return set;
            }
            suggest_try(suggest, set->name);
            *ret_list = arena_printf(arena, "%.*s%s%.*s", STR_ARG(*ret_list),
                                     ret_list->n ? ", " : "", STR_ARG(set->name));
        }
    }
    return NULL;
}

/* Where the service states the term: the item of a list of texts that says it. */
static Loc term_loc(const Inventory *inventory, EntityId service, Str term) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, service, &row);
    const Kind *of = schema_kind(inventory_schema(inventory), kind);
    for (size_t c = 0; c < of->column_count; c++) {
        const Field *field = of->columns[c].field;
        if (field->type != TYPE_LIST || field->item_type != TYPE_STRING) {
            continue;
        }
        Items items = inventory_items(inventory, kind, (ColumnId)c, row);
        for (size_t i = 0; i < items.count; i++) {
            Str text = sym_text(inventory_interner(inventory), (Sym)items.items[i].value);
            if (str_eq(text, term)) {
                return items.items[i].loc;
            }
        }
    }
    return inventory_loc(inventory, service);
}

typedef struct SetReading {
    const Kernels *kernels;
    const Packs *packs;
    const Catalog *catalog;
    Database *database;
    Diags *diags;
    VEC(FaultMembers) sets;
} SetReading;

static int compare_nodes(const void *a, const void *b) {
    NodeId x = *(const NodeId *)a;
    NodeId y = *(const NodeId *)b;
    return (x > y) - (x < y);
}

static bool read_members(SetReading *reading, StatementRun *run, FaultMembers *members) {
    VEC(NodeId) nodes = {0};
    bool failed = false;
    while (!failed && statement_next(run, &failed)) {
        EntityId id;
        failed = !statement_id(run, 0, &id);
        if (failed || !id) {
            continue;
        }
        members->total++;
        RowId row;
        members->kinds[inventory_kind_of(reading->catalog->inventory, id, &row)] = true;
        NodeId node = faults_node(reading->kernels->faults, id);
        if (node != NO_NODE) {
            vec_push(reading->kernels->arena, &nodes, node);
        }
    }
    if (nodes.count) {
        qsort(nodes.items, nodes.count, sizeof *nodes.items, compare_nodes);
    }
    members->nodes = nodes.items;
    members->count = nodes.count;
    return !failed;
}

static bool read_set(SetReading *reading, const FaultSet *set) {
    size_t kinds = inventory_schema(reading->catalog->inventory)->kind_count;
    FaultMembers members = {.name = set->name,
                            .kinds = arena_array(reading->kernels->arena, bool, kinds)};
    Statement statement = {
        set->query, set->query_loc,
        arena_printf(reading->kernels->arena, "fault set %.*s", STR_ARG(set->name))};
    StatementRun run;
    if (!statement_open(&run, reading->database, reading->catalog->inventory, reading->diags,
                        &statement)) {
        return false;
    }
    bool good = read_members(reading, &run, &members);
    statement_close(&run);
    vec_push(reading->kernels->arena, &reading->sets, members);
    return good;
}

static bool has_set(const SetReading *reading, Str name) {
    for (size_t i = 0; i < reading->sets.count; i++) {
        if (str_eq(reading->sets.items[i].name, name)) {
            return true;
        }
    }
    return false;
}

static bool need_set(SetReading *reading, const ServiceContract *contract, Str name) {
    Suggest suggest;
    suggest_init(&suggest, name);
    Str list = STR_NONE;
    const FaultSet *set = find_set(reading->packs, name, &suggest, &list, reading->diags->arena);
    if (set) {
        return has_set(reading, name) || read_set(reading, set);
    }
    Loc loc = term_loc(reading->catalog->inventory, contract->service, contract->term);
    Diag *diag = diag_error(reading->diags, loc, "there is no fault set \"%.*s\"", STR_ARG(name));
    if (suggest.best.n) {
        diag_help(reading->diags, diag, "did you mean \"%.*s\"? There are %.*s",
                  STR_ARG(suggest.best), STR_ARG(list));
    } else {
        diag_help(reading->diags, diag, "there are %.*s", STR_ARG(list));
    }
    return false;
}

static bool need_term(SetReading *reading, const ServiceContract *contract) {
    ContractTerm term;
    const char *reason;
    if (!contract_term_parse(contract->term, &term, &reason)) {
        Loc loc = term_loc(reading->catalog->inventory, contract->service, contract->term);
        Diag *diag = diag_error(reading->diags, loc, "\"%.*s\" is no term of a contract: %s",
                                STR_ARG(contract->term), reason);
        diag_help(reading->diags, diag, "such as `any host`, `2 any host`, `any site + any host`");
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < term.part_count; i++) {
        good = need_set(reading, contract, term.parts[i].set) && good;
    }
    return good;
}

bool fault_sets_read(const Kernels *kernels, const Packs *packs, const Catalog *catalog,
                     Diags *diags, FaultSets *ret_sets) {
    const Services *services = kernels->faults->services;
    SetReading reading = {.kernels = kernels, .packs = packs, .catalog = catalog, .diags = diags};
    *ret_sets = (FaultSets){0};
    if (!services->contract_count) {
        return true;
    }
    Arena *scratch = arena_open(0);
    Status status = database_open(scratch, catalog, &reading.database);
    bool good = !status.failed;
    if (good) {
        for (size_t i = 0; i < services->contract_count; i++) {
            good = need_term(&reading, &services->contracts[i]) && good;
        }
        database_close(reading.database);
    } else {
        diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
    }
    arena_close(scratch);
    *ret_sets = (FaultSets){reading.sets.items, reading.sets.count};
    return good;
}

const FaultMembers *fault_sets_find(const FaultSets *sets, Str name) {
    for (size_t i = 0; i < sets->count; i++) {
        if (str_eq(sets->items[i].name, name)) {
            return &sets->items[i];
        }
    }
    return NULL;
}
