/* Needs statements that are a field: each record that states it needs what it names. Read straight
 * from the columns, as there is one for nearly every record of an estate. */
#ifndef RULE_NEEDS_FIELD_H
#define RULE_NEEDS_FIELD_H

#include "rule/needs.h"

/* Adds a row for each reference, list item or child record that stands in the rule's field, `like`
 * with node and provider. False, with an error added, if there is no such field or it names no
 * records. */
bool needs_of_field(const Inventory *inventory, const NeedsRule *rule, const NeedsRow *like,
                    Arena *arena, NeedsRows *rows, Diags *diags);

#endif
