/* One rule over many small inventories of one schema: its verdicts alone, no findings. Where the
 * rule reads records only, its statement is compiled once and looks at one inventory after the
 * other; where it reads the graph, or what packs derive, each gets a run of its own. */
#ifndef RULE_JUDGE_H
#define RULE_JUDGE_H

#include "rule/verdicts.h"

typedef struct Judge {
    const Packs *packs;
    const Rule *rule;
    Arena *arena;
    Database *database; /* of records alone */
    Query *query;       /* NULL: the rule needs the graph */
    const ColumnRead *reads;
    size_t read_count;
} Judge;

/* `inventory` is finished, any of the schema, and outlives the judge. False if the rule cannot be
 * run on it. To be closed in any case. */
bool judge_open(Judge *judge, Arena *arena, const Packs *packs, const Rule *rule,
                Inventory *inventory);
void judge_close(Judge *judge);

/* The verdicts about a finished inventory, in the arena; false if there are none to be had. */
bool judge_run(const Judge *judge, Inventory *inventory, Arena *arena, Verdicts *ret_verdicts);

#endif
