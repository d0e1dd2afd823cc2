/* Numbers of findings, where they are about something that is drawn. */
#include "draw/view_build.h"

enum { BADGES_MAX = 4 };

static bool has_badge(const BadgeList *list, uint32_t number) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].number == number) {
            return true;
        }
    }
    return false;
}

static void add_subject(Builder *builder, const Finding *finding) {
    EntityId id = view_drawn(builder, finding->subject);
    Badge badge = {finding->severity, finding->number, false};
    View *view = builder->view;
    if (builder->node_of[id] != NO_VIEW_NODE) {
        ViewNode *node = &view->nodes.items[builder->node_of[id]];
        if (!has_badge(&node->badges, badge.number)) {
            vec_push(builder->arena, &node->badges, badge);
        }
        if (finding->severity > node->severity) {
            node->severity = finding->severity;
        }
    } else if (builder->box_of[id] != NO_BOX) {
        vec_push(builder->arena, &view->boxes.items[builder->box_of[id]].badges, badge);
    }
}

/* On cards alone: boxes and gates take part in most of what is found inside them. */
static void add_related(Builder *builder, const Finding *finding) {
    for (size_t i = 0; i < finding->related_count; i++) {
        EntityId id = view_drawn(builder, finding->related[i]);
        uint32_t at = builder->node_of[id];
        ViewNode *node = at == NO_VIEW_NODE ? NULL : &builder->view->nodes.items[at];
        if (node && (node->shape == VIEW_CARD || node->shape == VIEW_SHARED) &&
            node->badges.count < BADGES_MAX && !has_badge(&node->badges, finding->number)) {
            vec_push(builder->arena, &node->badges,
                     ((Badge){finding->severity, finding->number, true}));
        }
    }
}

void view_add_badges(Builder *builder) {
    for (int related = 0; related < 2; related++) {
        for (size_t i = 0; i < builder->report->finding_count; i++) {
            const Finding *finding = builder->report->findings[i];
            if (!finding->waiver) {
                (related ? add_related : add_subject)(builder, finding);
            }
        }
    }
}
