#include "cli/rerun.h"

#include <stdlib.h>

#include "cli/inputs.h"

static int compare_findings(const void *a, const void *b) {
    const RerunFinding *x = a;
    const RerunFinding *y = b;
    return str_cmp(x->fingerprint, y->fingerprint);
}

/* A session of its own over what the first has read: nothing of that one changes but names, which
 * the interner keeps. */
static void open_session(const Session *session, Arena *arena, Session *ret) {
    *ret = *session;
    ret->arena = arena;
    ret->scratch = arena_open(0);
    sources_init(&ret->sources, arena);
    for (size_t i = 1; i < session->sources.count; i++) {
        const Source *source = source_of(&session->sources, (SourceId)i);
        SourceId id = sources_add(&ret->sources, source->path, source->text, source->origin);
        *source_of(&ret->sources, id) = *source;
    }
    diags_init(&ret->diags, arena);
    ret->context = (ReadContext){&ret->sources, &ret->diags, ret->scratch};
    ret->schema.arena = arena;
    ret->inventory = inventory_open(&ret->schema, &ret->sources);
    interner_thaw(ret->interner);
}

static SourceId *list_inputs(const Session *copy, Str overlay, size_t *ret_count) {
    SourceId *inputs = arena_array(copy->arena, SourceId, copy->sources.count);
    *ret_count = 0;
    for (size_t i = 1; i < copy->sources.count; i++) {
        const Source *source = source_of(&copy->sources, (SourceId)i);
        bool last = i + 1 == copy->sources.count && overlay.n;
        if (source->origin == ORIGIN_INPUT && (source->file == i || last)) {
            inputs[(*ret_count)++] = (SourceId)i;
        }
    }
    return inputs;
}

static bool load(Session *copy, Str as_of, Str overlay) {
    LoadOptions options = {.as_of = as_of};
    if (overlay.n) {
        options.prefer = sources_add(&copy->sources, STR("overlay.yaml"), overlay, ORIGIN_INPUT);
        if (!options.prefer) {
            return false;
        }
    }
    size_t count;
    SourceId *inputs = list_inputs(copy, overlay, &count);
    return inputs_make(copy, inputs, count, &options);
}

typedef VEC(RerunFinding) FindingList;

static void take_finding(const Report *report, const Finding *finding, bool carried, Arena *arena,
                         FindingList *list) {
    Str *services = arena_array(arena, Str, finding->service_count);
    for (size_t i = 0; i < finding->service_count; i++) {
        services[i] = inventory_name(report->inventory, finding->services[i]);
    }
    vec_push(arena, list,
             ((RerunFinding){arena_copy(arena, finding->fingerprint), finding->severity, carried,
                             services, finding->service_count}));
    for (size_t i = 0; i < finding->evidence_count; i++) {
        take_finding(report, finding->evidence[i], true, arena, list);
    }
}

static void take_report(const Report *report, Arena *arena, RerunResult *ret) {
    FindingList list = {0};
    for (size_t i = 0; i < report->finding_count; i++) {
        take_finding(report, report->findings[i], false, arena, &list);
    }
    if (list.count) {
        qsort(list.items, list.count, sizeof *list.items, compare_findings);
    }
    const Rule **rules = arena_array(arena, const Rule *, report->rule_count);
    size_t *unknown = arena_array(arena, size_t, report->rule_count);
    for (size_t r = 0; r < report->rule_count; r++) {
        rules[r] = report->rules[r];
        for (size_t i = 0; i < report->not_assessed_count; i++) {
            const NotAssessed *item = &report->not_assessed[i];
            unknown[r] += item->rule == rules[r] ? item->count : 0;
        }
    }
    *ret = (RerunResult){!report->failure_count, list.items, list.count, rules, unknown,
                         report->rule_count};
}

void rerun(const Session *session, const LintOptions *options, Str as_of, Str overlay, Arena *arena,
           RerunResult *ret_result) {
    Arena *own = arena_open(0);
    Session copy;
    LintOptions rules = *options;
    rules.only_count = 0; /* what is new may be of any rule */
    rules.waivers = NULL;
    rules.baseline = NULL;
    *ret_result = (RerunResult){.ran = false};
    open_session(session, own, &copy);
    Lint *lint = load(&copy, as_of, overlay)
                     ? lint_open(own, &copy.packs, copy.inventory, &copy.diags)
                     : NULL;
    if (lint) {
        take_report(lint_run(lint, &rules), arena, ret_result);
        lint_close(lint);
    }
    inventory_close(copy.inventory);
    arena_close(copy.scratch);
    arena_close(own);
}

const RerunFinding *rerun_find(const RerunResult *result, Str fingerprint) {
    RerunFinding key = {.fingerprint = fingerprint};
    return result->finding_count ? bsearch(&key, result->findings, result->finding_count,
                                           sizeof key, compare_findings)
                                 : NULL;
}

size_t rerun_unknown(const RerunResult *result, const Rule *rule) {
    for (size_t i = 0; i < result->rule_count; i++) {
        if (result->rules[i] == rule) {
            return result->unknown[i];
        }
    }
    return 0;
}

static bool has_service(const RerunFinding *finding, Str service) {
    for (size_t i = 0; i < finding->service_count; i++) {
        if (str_eq(finding->services[i], service)) {
            return true;
        }
    }
    return false;
}

bool rerun_is_worse(const RerunResult *before, const RerunResult *after) {
    for (size_t i = 0; i < after->finding_count; i++) {
        const RerunFinding *now = &after->findings[i];
        const RerunFinding *was = rerun_find(before, now->fingerprint);
        if (now->carried) {
            continue; /* it makes no finding */
        }
        if (!was || was->severity < now->severity) {
            return true;
        }
        for (size_t s = 0; s < now->service_count; s++) {
            if (!has_service(was, now->services[s])) {
                return true;
            }
        }
    }
    return false;
}
