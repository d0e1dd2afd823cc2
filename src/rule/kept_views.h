/* Views that are computed once. What many statements join (where each server runs, what HA
 * restarts) would else be computed anew in each of them, and again for each row of some. A pack
 * marks such a view `kept: true`; its rows become a table of the same name, indexed on its ids,
 * before the first statements run that use it. What a statement sees is the same either way. */
#ifndef RULE_KEPT_VIEWS_H
#define RULE_KEPT_VIEWS_H

#include "rule/lint.h"

/* Keeps the views that the statements use, directly or through views, as far as they do not read
 * records that are still being derived (`deriving`). A view that cannot be computed stays a view:
 * whoever uses it then says what is wrong. */
void lint_keep_views(Lint *lint, const Str *statements, size_t count, bool deriving);

#endif
