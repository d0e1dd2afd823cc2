/* story FILE.expect...: runs the inputs of each story under every profile and compares. */
#include "story.h"

static bool check(World *world, const char *path) {
    Story *story = arena_new(world->arena, Story);
    if (!story_read(story, world->arena, path)) {
        return false;
    }
    story_check_rules(story, &world->packs);
    Str paths[WORDS_MAX];
    for (size_t i = 0; i < story->inputs.count; i++) {
        paths[i] = arena_printf(world->arena, "%.*s%.*s", STR_ARG(story->folder),
                                STR_ARG(story->inputs.items[i]));
    }
    if (!world_load(world, paths, story->inputs.count)) {
        return false;
    }
    for (ProfileId profile = 0; profile < PROFILE_COUNT; profile++) {
        LintOptions options = {.profile = profile, .threads = 1, .version = STR("test")};
        story_check_report(story, lint_run(world->lint, &options), profile);
    }
    story_check_tables(story, world);
    return !story->mistakes;
}

int main(int argc, char **argv) {
    World world;
    bool good = world_open(&world);
    for (int i = 1; good && i < argc; i++) {
        good = check(&world, argv[i]) && good;
    }
    world_close(&world);
    return good ? 0 : 1;
}
