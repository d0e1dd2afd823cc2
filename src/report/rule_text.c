#include "report/rule_text.h"

#include "base/limits.h"
#include "report/words.h"

/* True if the query has a column `severity`: then rows decide. */
static bool severity_by_row(const Rule *rule) {
    return str_find_str(rule->query, STR("AS severity")) != SIZE_MAX ||
           str_find_str(rule->query, STR("as severity")) != SIZE_MAX;
}

static Str mapped_text(Arena *arena, const ProfileRule *map) {
    Str names[SEVERITY_ERROR + 1];
    size_t count = 0;
    for (int level = SEVERITY_ERROR; level > SEVERITY_NONE; level--) {
        Str name = severity_name(map->severity[level]);
        size_t i = 0;
        while (i < count && !str_eq(names[i], name)) {
            i++;
        }
        if (i == count) {
            names[count++] = name;
        }
    }
    return words_join(arena, names, count, " or ");
}

Str rule_severity_text(Arena *arena, const Rule *rule, ProfileId profile) {
    const ProfileRule *map = &rule->profiles[profile];
    if (map->given && map->column.n) {
        return STR("by case");
    }
    if (!severity_by_row(rule)) {
        return severity_name(map->given ? map->severity[rule->severity] : rule->severity);
    }
    return map->given ? mapped_text(arena, map) : STR("by case");
}

bool rule_source_is_unverified(const RuleSource *source) {
    return str_eq(source->strength, STR("not-verified"));
}

static size_t indent_of(Str line) {
    size_t n = 0;
    while (n < line.n && line.s[n] == ' ') {
        n++;
    }
    return n;
}

Str rule_example_text(Arena *arena, const Rule *rule, const Sources *sources, size_t index) {
    Loc loc = rule->examples->items[index].loc;
    const Source *source = source_of(sources, loc.source);
    if (!loc.source || !source->text.n) {
        return STR_NONE;
    }
    Str first = source_line(sources, loc.source, loc.line);
    size_t indent = indent_of(first);
    Buf text;
    buf_init(&text, LIMIT_REPORT_BYTES);
    buf_add(&text, str_slice(first, indent, first.n));
    buf_addc(&text, '\n');
    for (uint32_t line = loc.line + 1; line <= source->line_count; line++) {
        Str next = source_line(sources, loc.source, line);
        if (str_trim(next).n && indent_of(next) <= indent) {
            break;
        }
        buf_add(&text, str_slice(next, indent, next.n));
        buf_addc(&text, '\n');
    }
    Str example = arena_copy(arena, str_trim(buf_str(&text)));
    buf_clear(&text);
    return example;
}
