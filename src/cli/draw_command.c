#include "cli/command.h"

int command_draw(int count, const char **words) {
    (void)count;
    (void)words;
    complain("draw: not built yet");
    return EXIT_USAGE;
}
