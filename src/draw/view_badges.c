/* Numbers of findings, where they are about something that is drawn. */
#include "draw/view_build.h"

enum { RELATED_MAX = 2, SERVICE_MAX = 5 };

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

/* On cards alone, and where nothing is said of the card itself: boxes and gates take part in most
 * of what is found inside them. */
static void add_related(Builder *builder, const Finding *finding) {
    for (size_t i = 0; i < finding->related_count; i++) {
        EntityId id = view_drawn(builder, finding->related[i]);
        uint32_t at = builder->node_of[id];
        ViewNode *node = at == NO_VIEW_NODE ? NULL : &builder->view->nodes.items[at];
        bool card = node && (view_node_is_card(node));
        if (card && node->severity == SEVERITY_NONE && node->badges.count < RELATED_MAX &&
            !has_badge(&node->badges, finding->number)) {
            vec_push(builder->arena, &node->badges,
                     ((Badge){finding->severity, finding->number, true}));
        }
    }
}

/* A service whose verdict does not say why it has its colour names the findings. */
static void add_to_services(Builder *builder, const Finding *finding) {
    for (size_t i = 0; i < finding->service_count && finding->severity > SEVERITY_INFO; i++) {
        uint32_t at = builder->node_of[finding->services[i]];
        ViewNode *node = at == NO_VIEW_NODE ? NULL : &builder->view->nodes.items[at];
        if (node && node->shape == VIEW_SERVICE && !node->verdict_holds &&
            node->badges.count < SERVICE_MAX && !has_badge(&node->badges, finding->number)) {
            vec_push(builder->arena, &node->badges,
                     ((Badge){finding->severity, finding->number, true}));
        }
    }
}

void view_add_badges(Builder *builder) {
    static void (*const steps[])(Builder *, const Finding *) = {add_subject, add_related,
                                                                add_to_services};
    for (size_t step = 0; step < sizeof steps / sizeof *steps; step++) {
        for (size_t i = 0; i < builder->report->finding_count; i++) {
            const Finding *finding = builder->report->findings[i];
            if (!finding->waiver) {
                steps[step](builder, finding);
            }
        }
    }
}
