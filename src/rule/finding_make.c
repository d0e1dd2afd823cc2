/* A finding from the folded rows of one subject. */
#include "base/limits.h"
#include "rule/lint_state.h"
#include "rule/run.h"

/* All ids that the rows name, but the subject and the services. */
static void add_related(const FindingMaker *maker, const Subject *subject, Finding *finding) {
    const ResultColumns *columns = &maker->run->columns;
    EntityId *ids = arena_array(maker->arena, EntityId, subject->row_count * columns->count);
    size_t count = 0;
    for (size_t c = 0; c < columns->count; c++) {
        bool service = str_eq(columns->items[c].name, STR("service"));
        for (size_t i = 0; columns->items[c].is_entity && !service && i < subject->row_count; i++) {
            const Cell *cell = &subject->rows[i][c];
            if (cell->type == CELL_ENTITY && (EntityId)cell->number != subject->entity) {
                ids[count++] = (EntityId)cell->number;
            }
        }
    }
    finding->related = ids;
    finding->related_count = ids_sort(ids, count);
}

static void add_services(const FindingMaker *maker, const Subject *subject, Finding *finding) {
    int column = columns_find(&maker->run->columns, STR("service"));
    if (column != NO_RESULT && maker->run->columns.items[column].is_entity) {
        finding->services = subject_ids(maker, subject, column, &finding->service_count);
    } else if (maker->run->rule->lists_services) {
        finding_services(maker, finding);
    }
}

static Phase cell_phase(const Cell *cell) {
    static const struct {
        Str name;
        Phase phase;
    } names[] = {{STR_INIT("early"), PHASE_EARLY},
                 {STR_INIT("settled"), PHASE_SETTLED},
                 {STR_INIT("both"), PHASE_BOTH}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (cell->type == CELL_TEXT && str_eq(cell->text, names[i].name)) {
            return names[i].phase;
        }
    }
    return PHASE_NONE;
}

static Phase subject_phase(const FindingMaker *maker, const Subject *subject) {
    int column = columns_find(&maker->run->columns, STR("phase"));
    Phase phase = PHASE_NONE;
    for (size_t i = 0; column != NO_RESULT && i < subject->row_count; i++) {
        Phase next = cell_phase(&subject->rows[i][column]);
        phase = phase == PHASE_NONE || phase == next ? next : PHASE_BOTH;
    }
    return phase;
}

/* The first stated text of a column, empty if there is none. */
static Str first_text(const FindingMaker *maker, const Subject *subject, Str name) {
    int column = columns_find(&maker->run->columns, name);
    for (size_t i = 0; column != NO_RESULT && i < subject->row_count; i++) {
        const Cell *cell = &subject->rows[i][column];
        if (cell->type == CELL_TEXT) {
            return cell->text;
        }
    }
    return STR_NONE;
}

enum { NOTES_MAX = 16 };

static bool is_noted(const Str *notes, size_t count, Str note) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(notes[i], note)) {
            return true;
        }
    }
    return false;
}

/* Columns note, note2 ...: each distinct text is a line. */
static void add_notes(const FindingMaker *maker, const Subject *subject, Finding *finding) {
    const ResultColumns *columns = &maker->run->columns;
    Str *notes = arena_array(maker->arena, Str, NOTES_MAX);
    size_t count = 0;
    for (size_t c = 0; c < columns->count; c++) {
        Str name = columns->items[c].name;
        if (!str_starts(name, STR("note")) || name.n > 5) {
            continue;
        }
        for (size_t i = 0; i < subject->row_count && count < NOTES_MAX; i++) {
            const Cell *cell = &subject->rows[i][c];
            if (cell->type == CELL_TEXT && !is_noted(notes, count, cell->text)) {
                notes[count++] = arena_copy(maker->arena, cell->text);
            }
        }
    }
    finding->notes = notes;
    finding->note_count = count;
}

static bool same_field(const CellRef *a, const CellRef *b) {
    return a->kind == b->kind && a->column == b->column;
}

/* The default of one field, for all entities among the cells that do not state it. */
static Assumption assumption(const FindingMaker *maker, const Subject *subject, size_t first) {
    const CellRef *cell = &subject->assumed[first];
    const Kind *kind = schema_kind(inventory_schema(maker->inventory), cell->kind);
    const Field *field = kind->columns[cell->column].field;
    EntityId *entities = arena_array(maker->arena, EntityId, subject->assumed_count - first);
    size_t count = 0;
    for (size_t i = first; i < subject->assumed_count; i++) {
        if (same_field(cell, &subject->assumed[i])) {
            entities[count++] = subject->assumed[i].entity;
        }
    }
    return (Assumption){.fact = fact_name(maker->arena, maker->inventory, cell->kind, cell->column),
                        .value = field->default_text,
                        .source = field->default_source,
                        .entities = entities,
                        .entity_count = count};
}

static void add_assumed(const FindingMaker *maker, const Subject *subject, Finding *finding) {
    Assumption *items = arena_array(maker->arena, Assumption, subject->assumed_count);
    size_t count = 0;
    for (size_t i = 0; i < subject->assumed_count; i++) {
        size_t before = 0;
        while (!same_field(&subject->assumed[before], &subject->assumed[i])) {
            before++;
        }
        if (before == i) {
            items[count++] = assumption(maker, subject, i);
        }
    }
    finding->assumed = items;
    finding->assumed_count = count;
}

static Finding *make(const FindingMaker *maker, const Subject *subject) {
    Finding *finding = arena_new(maker->arena, Finding);
    const Rule *rule = maker->run->rule;
    Str fix = first_text(maker, subject, STR("fix"));
    finding->rule = rule;
    finding->severity = subject->severity;
    finding->subject = subject->entity;
    finding->message = message_fill(maker, subject, rule->message);
    finding->fix = message_fill(maker, subject, fix.n ? fix : rule->fix);
    finding->replay = arena_copy(maker->arena, first_text(maker, subject, STR("replay")));
    finding->phase = subject_phase(maker, subject);
    finding->fingerprint = finding_fingerprint(maker, subject);
    add_related(maker, subject, finding);
    add_services(maker, subject, finding);
    add_notes(maker, subject, finding);
    add_assumed(maker, subject, finding);
    finding_places(maker, subject, finding);
    finding_evidence(maker, finding);
    return finding;
}

static void open_searches(FindingMaker *maker) {
    const Faults *faults = &maker->lint->faults;
    for (int phase = EARLY; phase < FAULT_PHASES; phase++) {
        maker->cascades[phase] = cascade_new(maker->scratch, faults->graphs[phase][PESSIMISTIC]);
    }
    maker->climb = climb_new(maker->scratch, faults);
}

void findings_make(FindingMaker *maker, RuleRun *run) {
    size_t count = run->subject_count < LIMIT_FINDINGS ? run->subject_count : LIMIT_FINDINGS;
    if (count && !maker->climb) {
        open_searches(maker);
    }
    maker->run = run;
    run->findings = arena_array(maker->arena, Finding *, count);
    for (size_t i = 0; i < count; i++) {
        run->findings[run->finding_count++] = make(maker, &run->subjects[i]);
    }
}
