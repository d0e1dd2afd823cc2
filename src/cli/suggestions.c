#include "cli/suggestions.h"

#include "base/limits.h"
#include "cli/rerun.h"
#include "rule/edit.h"

enum {
    TRIALS_MAX = 200,
    TRIAL_RECORDS = 2 * 1000 * 1000, /* over all trials: of a large design fewer are tried */
    PROPOSALS_MAX = 2,               /* of one finding */
};

/* What was tried, for findings that share an edit. */
typedef struct Trial {
    Str overlay;
    RerunResult result;
} Trial;

typedef struct Suggesting {
    Session *session;
    const LintOptions *options;
    Str as_of;
    const Report *report;
    Edits edits;
    RerunResult before;
    VEC(Trial) trials;
    size_t most; /* trials that the work limit allows */
} Suggesting;

typedef VEC(Proposal) ProposalList;

static Str overlay_of(const Suggesting *all, const Edit *edit) {
    Buf out;
    buf_init(&out, LIMIT_TEXT_BYTES);
    edit_write(edit, inventory_head(all->report->inventory)->as_of, &out);
    Str overlay = arena_copy(all->session->arena, out.truncated ? STR_NONE : buf_str(&out));
    buf_clear(&out);
    return overlay;
}

/* NULL at the work limit. */
static const RerunResult *try(Suggesting *all, Str overlay) {
    for (size_t i = 0; i < all->trials.count; i++) {
        if (str_eq(all->trials.items[i].overlay, overlay)) {
            return &all->trials.items[i].result;
        }
    }
    if (all->trials.count >= all->most) {
        return NULL;
    }
    Trial trial = {.overlay = overlay};
    rerun(all->session, all->options, all->as_of, overlay, all->session->arena, &trial.result);
    vec_push(all->session->arena, &all->trials, trial);
    return &all->trials.items[all->trials.count - 1].result;
}

/* True if the finding is gone or at most an info, its rule decides about as much as before, and
 * nothing is new or worse. */
static bool cures(const Suggesting *all, const Finding *finding, const RerunResult *result,
                  Severity *ret_left) {
    const RerunFinding *left = rerun_find(result, finding->fingerprint);
    *ret_left = left ? left->severity : SEVERITY_NONE;
    return result->ran && *ret_left < finding->severity && *ret_left <= SEVERITY_INFO &&
           rerun_unknown(result, finding->rule) <= rerun_unknown(&all->before, finding->rule) &&
           !rerun_is_worse(&all->before, result);
}

/* False at the work limit. */
static bool try_edit(Suggesting *all, const Edit *edit, const Finding *finding,
                     ProposalList *list) {
    Str overlay = overlay_of(all, edit);
    const RerunResult *result = overlay.n ? try(all, overlay) : NULL;
    Severity left;
    if (result && cures(all, finding, result, &left)) {
        Proposal proposal = {edit->rule->id, edit_title(edit, all->session->arena), overlay, left};
        vec_push(all->session->arena, list, proposal);
    }
    return result || !overlay.n;
}

static bool is_answered(const Suggesting *all, const Finding *finding) {
    const Packs *packs = &all->session->packs;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].suggest_count; j++) {
            Edit edit = {.rule = &packs->items[i].suggests[j], .subject = finding->subject};
            if (edit_answers(&edit, finding)) {
                return true;
            }
        }
    }
    return false;
}

/* The first proven edit of each suggestion, in the order of the catalogue. */
static Proposals propose(Suggesting *all, const Finding *finding) {
    Proposals proposals = {.asked = !finding->waiver && is_answered(all, finding), .items = NULL};
    ProposalList list = {0};
    const SuggestRule *done = NULL;
    for (size_t i = 0; proposals.asked && i < all->edits.count && list.count < PROPOSALS_MAX; i++) {
        const Edit *edit = &all->edits.items[i];
        if (edit->rule == done || !edit_answers(edit, finding)) {
            continue;
        }
        size_t before = list.count;
        if (!try_edit(all, edit, finding, &list)) {
            proposals.truncated = true;
            break;
        }
        proposals.tried++;
        proposals.truncated |= edit->cut && list.count == before;
        done = list.count > before ? edit->rule : done;
    }
    proposals.items = list.items;
    proposals.count = list.count;
    return proposals;
}

bool suggestions_add(Session *session, Lint *lint, const LintOptions *options, Str as_of,
                     Report *report) {
    Suggesting all = {.session = session, .options = options, .as_of = as_of, .report = report};
    size_t records = inventory_entity_count(report->inventory) + 1;
    all.most = TRIAL_RECORDS / records < TRIALS_MAX ? TRIAL_RECORDS / records : TRIALS_MAX;
    bool good = edits_read(lint, report, session->arena, &session->diags, &all.edits);
    session_print_diags(session);
    if (all.edits.count) {
        rerun(session, options, as_of, STR_NONE, session->arena, &all.before);
    }
    Proposals *proposals = arena_array(session->arena, Proposals, report->finding_count);
    for (size_t i = 0; good && i < report->finding_count; i++) {
        proposals[i] = propose(&all, report->findings[i]);
    }
    report->proposals = proposals;
    return good;
}
