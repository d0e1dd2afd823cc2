#include "rule/combination.h"

void combination_init(Combination *combination, const ContractTerm *term, const size_t *sizes) {
    combination->part_count = term->part_count;
    combination->order = 0;
    for (size_t i = 0; i < term->part_count; i++) {
        size_t count = (size_t)term->parts[i].count;
        combination->sizes[i] = sizes[i];
        combination->limits[i] = count < sizes[i] ? count : sizes[i];
    }
}

/* From part `from` on, as many as possible in the first parts; false if there is no room for all.
 */
static bool fill_counts(Combination *combination, size_t from, size_t rest) {
    for (size_t i = from; i < combination->part_count; i++) {
        size_t limit = combination->limits[i];
        combination->counts[i] = rest < limit ? rest : limit;
        rest -= combination->counts[i];
    }
    return rest == 0;
}

/* Another way to take as many members from the parts: one less of a part, one more behind it. */
static bool next_counts(Combination *combination) {
    size_t taken = 0;
    size_t room = 0;
    for (size_t i = combination->part_count; i-- > 0;) {
        if (combination->counts[i] && room > taken) {
            combination->counts[i]--;
            return fill_counts(combination, i + 1, taken + 1);
        }
        taken += combination->counts[i];
        room += combination->limits[i];
    }
    return false;
}

static void first_indexes(Combination *combination, size_t part) {
    for (size_t i = 0; i < combination->counts[part]; i++) {
        combination->indexes[part][i] = i;
    }
}

static bool next_indexes(Combination *combination, size_t part) {
    size_t count = combination->counts[part];
    size_t *indexes = combination->indexes[part];
    for (size_t i = count; i-- > 0;) {
        if (indexes[i] < combination->sizes[part] - count + i) {
            indexes[i]++;
            for (size_t j = i + 1; j < count; j++) {
                indexes[j] = indexes[j - 1] + 1;
            }
            return true;
        }
    }
    return false;
}

static bool next_members(Combination *combination) {
    for (size_t part = combination->part_count; part-- > 0;) {
        if (next_indexes(combination, part)) {
            return true;
        }
        first_indexes(combination, part);
    }
    return false;
}

bool combination_next(Combination *combination) {
    if (combination->order && next_members(combination)) {
        return true;
    }
    if (!combination->order || !next_counts(combination)) {
        combination->order++;
        if (!fill_counts(combination, 0, combination->order)) {
            return false;
        }
    }
    for (size_t part = 0; part < combination->part_count; part++) {
        first_indexes(combination, part);
    }
    return true;
}
