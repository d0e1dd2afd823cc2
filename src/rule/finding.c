#include "rule/finding.h"

void finding_add_note(Finding *finding, Arena *arena, Str note) {
    Str *notes = arena_array(arena, Str, finding->note_count + 1);
    for (size_t i = 0; i < finding->note_count; i++) {
        notes[i] = finding->notes[i];
    }
    notes[finding->note_count++] = note;
    finding->notes = notes;
}

bool report_has_run(const Report *report, const Rule *rule) {
    for (size_t i = 0; i < report->rule_count; i++) {
        if (report->rules[i] == rule) {
            return report->outcomes[i] != RULE_FAILED;
        }
    }
    return false;
}
