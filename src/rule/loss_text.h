/* Pairs of losses in words: "(DC-01 or ESX-02) + (DC-02 or ESX-03)", and where any two of a set are
 * one, "any 2 of the 3 hosts of VMC-01: ESX-01, ESX-02, ESX-03". */
#ifndef RULE_LOSS_TEXT_H
#define RULE_LOSS_TEXT_H

#include "base/buf.h"
#include "graph/pair_groups.h"
#include "rule/cuts.h"

typedef struct LossText {
    const Faults *faults;
    FaultPhase phase;
    const LossClass *classes; /* that the group speaks of */
    bool with_kind;           /* "host:ESX-01" */
} LossText;

void loss_text_add(Buf *out, const LossText *text, const PairGroup *group);

/* One class: "DC-01 or ESX-02". */
void loss_text_add_class(Buf *out, const LossText *text, uint32_t class_index);

#endif
