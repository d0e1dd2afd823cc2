/* Reading expectations. */
#include <stdarg.h>

#include "base/limits.h"
#include "base/platform.h"
#include "story.h"

void story_mistake(Story *story, uint32_t line, const char *format, ...) {
    fprintf(stderr, "%.*s:%u: ", STR_ARG(story->path), line);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    story->mistakes++;
}

static Str next_word(Str *rest) {
    *rest = str_trim(*rest);
    size_t end = str_find(*rest, ' ', 0);
    Str word = str_slice(*rest, 0, end);
    *rest = str_trim(str_slice(*rest, word.n, rest->n));
    return word;
}

static Words split(Str text) {
    Words words = {.count = 0};
    while (text.n && words.count < WORDS_MAX) {
        words.items[words.count++] = next_word(&text);
    }
    return words;
}

static bool read_severity(Str word, Severity *ret) {
    static const char letters[] = "-IWE";
    for (size_t i = 0; letters[i]; i++) {
        if (word.n == 1 && word.s[0] == letters[i]) {
            *ret = (Severity)i;
            return true;
        }
    }
    return false;
}

static bool read_finding(Story *story, Str rest, uint32_t line) {
    ExpectedFinding *finding = &story->findings[story->finding_count++];
    *finding = (ExpectedFinding){.line = line};
    for (size_t i = 0; i < PROFILE_COUNT; i++) {
        if (!read_severity(next_word(&rest), &finding->severity[i])) {
            return false;
        }
    }
    finding->rule = next_word(&rest);
    finding->subject = rest;
    return finding->subject.n > 0;
}

static const char *const below_finding[] = {"says",     "hides",   "at",     "related",
                                            "services", "carries", "assumes"};
static const char *const of_the_whole[] = {"unknown", "decided", "never", "silent",
                                           "losses",  "loss",    "class", "clashes",
                                           "clash",   "starts",  "stuck"};

static bool is_one_of(Str verb, const char *const *verbs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(verb, str_of(verbs[i]))) {
            return true;
        }
    }
    return false;
}

static bool read_claim(Story *story, Str verb, Str rest, uint32_t line) {
    Claim claim = {verb, rest, split(rest), line};
    if (is_one_of(verb, of_the_whole, sizeof of_the_whole / sizeof *of_the_whole)) {
        story->claims[story->claim_count++] = claim;
        return story->claim_count < LINES_MAX;
    }
    if (!story->finding_count ||
        !is_one_of(verb, below_finding, sizeof below_finding / sizeof *below_finding)) {
        return false;
    }
    ExpectedFinding *finding = &story->findings[story->finding_count - 1];
    finding->claims[finding->claim_count++] = claim;
    return finding->claim_count < CLAIMS_MAX;
}

static bool read_line(Story *story, Str text, uint32_t line) {
    text = str_trim(text);
    if (!text.n || text.s[0] == '#') {
        return true;
    }
    Str verb = next_word(&text);
    if (str_eq(verb, STR("inputs"))) {
        story->inputs = split(text);
        return true;
    }
    if (str_eq(verb, STR("find"))) {
        return read_finding(story, text, line) && story->finding_count < LINES_MAX;
    }
    return read_claim(story, verb, text, line);
}

bool story_read(Story *story, Arena *arena, const char *path) {
    *story = (Story){.arena = arena, .path = str_of(path)};
    Str text;
    Status status = file_read(arena, path, LIMIT_INPUT_BYTES, &text);
    if (status.failed) {
        fprintf(stderr, "%.*s\n", STR_ARG(status.reason));
        return false;
    }
    size_t slash = story->path.n;
    while (slash && path[slash - 1] != '/') {
        slash--;
    }
    story->folder = str_slice(story->path, 0, slash);
    Str line;
    for (uint32_t number = 1; str_cut(&text, '\n', &line); number++) {
        if (!read_line(story, line, number)) {
            story_mistake(story, number, "not understood");
        }
    }
    return !story->mistakes && story->inputs.count;
}
