/* What has settled is never worse than what was early: a service that up to three losses stop for
 * good is away at once. Random designs in the manner of story 2, and inventories.
 *
 * phases COUNT [INVENTORY...] */
#include <stdlib.h>

#include "base/limits.h"
#include "design.h"
#include "rule/faults.h"
#include "story.h"

enum { TRIPLES = 200 };

typedef struct Check {
    const Faults *faults;
    FaultReading reading;
    Cascade *cascades[FAULT_PHASES];
    size_t stopped, worse;
} Check;

static bool is_down(const Check *check, FaultPhase phase, NodeId node) {
    return check->faults->graphs[phase][check->reading]->base_down[node] ||
           cascade_fell(check->cascades[phase], node);
}

static void lose(Check *check, const NodeId *losses, size_t count) {
    for (FaultPhase phase = EARLY; phase < FAULT_PHASES; phase++) {
        cascade_run(check->cascades[phase], losses, count);
    }
    for (NodeId v = 0; v < check->faults->node_count; v++) {
        if (check->faults->is_target[v] && is_down(check, SETTLED, v)) {
            check->stopped++;
            check->worse += !is_down(check, EARLY, v);
        }
    }
}

static void lose_all_pairs(Check *check, Dice *dice, const NodeId *components, uint32_t n) {
    for (uint32_t x = 0; x < n; x++) {
        for (uint32_t y = x; y < n; y++) {
            lose(check, (NodeId[]){components[x], components[y]}, 2);
        }
    }
    for (int i = 0; i < TRIPLES && n; i++) {
        NodeId losses[3];
        for (int k = 0; k < 3; k++) {
            losses[k] = components[dice_below(dice, n)];
        }
        lose(check, losses, 3);
    }
}

static void check_run(const World *world, Dice *dice, Check *check) {
    const Faults *faults = lint_faults(world->lint);
    check->faults = faults;
    for (int reading = PESSIMISTIC; reading < FAULT_READINGS; reading++) {
        Arena *arena = arena_open(0);
        check->reading = (FaultReading)reading;
        for (FaultPhase phase = EARLY; phase < FAULT_PHASES; phase++) {
            check->cascades[phase] = cascade_new(arena, faults->graphs[phase][reading]);
        }
        NodeId *components = arena_array(arena, NodeId, faults->node_count);
        uint32_t count = 0;
        for (NodeId v = 0; v < faults->node_count; v++) {
            components[count] = v;
            count += faults->faults[v] != FAULT_NONE;
        }
        lose_all_pairs(check, dice, components, count);
        arena_close(arena);
    }
}

static bool check_design(World *world, uint64_t seed, Check *check) {
    Dice dice = {seed};
    Design design;
    design_roll(&design, &dice);
    Buf text;
    buf_init(&text, LIMIT_TEXT_BYTES);
    design_write(&design, &text);
    size_t worse = check->worse;
    bool good =
        world_load_text(world, STR("design.yaml"), arena_copy(world->arena, buf_str(&text)));
    if (good) {
        check_run(world, &dice, check);
    }
    if (check->worse && !worse) {
        fprintf(stderr, "seed %llu:\n%.*s", (unsigned long long)seed, STR_ARG(buf_str(&text)));
    }
    buf_clear(&text);
    return good;
}

int main(int argc, char **argv) {
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 20;
    World world;
    Check check = {.stopped = 0};
    bool good = world_open(&world);
    for (uint64_t seed = 1; good && seed <= count; seed++) {
        good = check_design(&world, seed, &check);
    }
    for (int i = 2; good && i < argc; i++) {
        Str path = str_of(argv[i]);
        good = world_load(&world, &path, 1);
        if (good) {
            check_run(&world, &(Dice){1}, &check);
        }
    }
    printf("%zu times a service was stopped, %zu times not away before\n", check.stopped,
           check.worse);
    world_close(&world);
    return good && check.stopped && !check.worse ? 0 : 1;
}
