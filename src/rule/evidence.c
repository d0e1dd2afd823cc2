/* What the fault graph says about a finding: the services that hang on it, the chain to it. */
#include "rule/run.h"

void finding_services(const FindingMaker *maker, Finding *finding) {
    (void)maker;
    finding->services = NULL;
    finding->service_count = 0;
}

void finding_evidence(const FindingMaker *maker, Finding *finding) {
    (void)maker;
    finding->chain = NULL;
    finding->chain_count = 0;
}

void graph_open_facts(RuleWorker *worker, EntityId entity, CellRef *ret_facts, size_t maximum,
                      size_t *ret_count) {
    (void)worker;
    (void)entity;
    (void)ret_facts;
    (void)maximum;
    *ret_count = 0;
}
