/* Places of a finding: where in the inputs the facts stand that it rests on. */
#include "base/buf.h"
#include "base/limits.h"
#include "model/value.h"
#include "rule/run.h"

enum { PLACES_MAX = 24, PLACES_PER_RULE = 8 };

static bool loc_eq(Loc a, Loc b) {
    return a.source == b.source && a.line == b.line && a.column == b.column;
}

/* The list element that a result cell names. */
static bool item_matches(const Inventory *inventory, const Field *field, const Item *item,
                         const Cell *cell) {
    const Interner *interner = inventory_interner(inventory);
    switch (cell->type) {
    case CELL_NULL:
        return false;
    case CELL_ENTITY:
        return field->item_type == TYPE_REF && item->value == cell->number;
    case CELL_INT:
        return field->item_type != TYPE_REF && item->value == cell->number;
    case CELL_TEXT:
        break;
    }
    Buf text;
    buf_init(&text, LIMIT_TEXT_BYTES);
    if (field->item_type == TYPE_REF) {
        buf_add(&text, item->value ? inventory_name(inventory, (EntityId)item->value) : STR_NONE);
    } else {
        value_print(&text, interner, field, field->item_type, item->value);
    }
    bool same = str_eq(buf_str(&text), cell->text);
    buf_clear(&text);
    return same;
}

/* Moves a place to `length` code points from the `at`-th (from 1) of the value that
 * stands there. */
static Loc part_of_value(const Inventory *inventory, Loc loc, int64_t at, int64_t length) {
    Str line = source_line(inventory_sources(inventory), loc.source, loc.line);
    size_t byte = 0;
    for (uint32_t i = 1; i < loc.column && byte < line.n; i++) {
        do {
            byte++;
        } while (byte < line.n && ((unsigned char)line.s[byte] & 0xC0) == 0x80);
    }
    char c = byte < line.n ? line.s[byte] : ' ';
    if (at < 1 || c == '|' || c == '>') {
        return loc;
    }
    bool quoted = c == '\'' || c == '"';
    loc.column += (uint32_t)(at - 1) + quoted;
    loc.length = (uint16_t)(length > 0 && length < UINT16_MAX ? length : 0);
    return loc;
}

typedef struct PlaceOf {
    const FindingMaker *maker;
    const PlaceRule *rule;
    int of, item, at, length; /* result columns */
} PlaceOf;

static Loc field_loc(const PlaceOf *place, EntityId id, const Cell *row) {
    const Inventory *inventory = place->maker->inventory;
    RowId at;
    KindId kind = inventory_kind_of(inventory, id, &at);
    const Kind *of = schema_kind(inventory_schema(inventory), kind);
    ColumnId column = kind_find_column(of, inventory_interner(inventory), place->rule->field);
    if (column == NO_COLUMN) {
        return (Loc){0};
    }
    const Field *field = of->columns[column].field;
    if (place->item != NO_RESULT && field->type == TYPE_LIST && field->item_type != TYPE_CHILD) {
        Items items = inventory_items(inventory, kind, column, at);
        for (size_t i = 0; i < items.count; i++) {
            if (item_matches(inventory, field, &items.items[i], &row[place->item])) {
                return items.items[i].loc;
            }
        }
    }
    return inventory_cell_loc(inventory, kind, column, at);
}

static Loc place_loc(const PlaceOf *place, const Cell *row) {
    const Cell *of = &row[place->of];
    if (of->type != CELL_ENTITY) {
        return (Loc){0};
    }
    EntityId id = (EntityId)of->number;
    Loc loc = place->rule->field.n ? field_loc(place, id, row) : (Loc){0};
    if (!loc.source) {
        return inventory_loc(place->maker->inventory, id);
    }
    if (place->at != NO_RESULT && row[place->at].type == CELL_INT) {
        int64_t length = place->length != NO_RESULT && row[place->length].type == CELL_INT
                             ? row[place->length].number
                             : 0;
        loc = part_of_value(place->maker->inventory, loc, row[place->at].number, length);
    }
    return loc;
}

/* The value as text where the source has no text to show: sheets. */
static Str table_text(const PlaceOf *place, Loc loc, const Cell *row) {
    const Inventory *inventory = place->maker->inventory;
    const Source *source = source_of(inventory_sources(inventory), loc.source);
    RowId at;
    int64_t value;
    if (!source_is_table(source)) {
        return STR_NONE;
    }
    KindId kind = inventory_kind_of(inventory, (EntityId)row[place->of].number, &at);
    const Kind *of = schema_kind(inventory_schema(inventory), kind);
    ColumnId column = place->rule->field.n
                          ? kind_find_column(of, inventory_interner(inventory), place->rule->field)
                          : of->name_column;
    if (column == NO_COLUMN || !inventory_cell(inventory, kind, column, at, &value)) {
        return STR_NONE;
    }
    const Field *field = of->columns[column].field;
    if (field->type == TYPE_REF) {
        return value ? inventory_name(inventory, (EntityId)value) : STR_NONE;
    }
    if (field->type == TYPE_LIST || field->type == TYPE_GROUP || field->type == TYPE_CHILD) {
        return STR_NONE;
    }
    Buf text;
    buf_init(&text, LIMIT_TEXT_BYTES);
    value_print(&text, inventory_interner(inventory), field, field->type, value);
    Str copy = arena_copy(place->maker->arena, buf_str(&text));
    buf_clear(&text);
    return copy;
}

typedef struct PlaceList {
    Place *items;
    size_t count;
} PlaceList;

static bool is_listed(const PlaceList *list, Loc loc) {
    for (size_t i = 0; i < list->count; i++) {
        if (loc_eq(list->items[i].loc, loc)) {
            return true;
        }
    }
    return false;
}

/* One place for each distinct spot that the rows name; its label speaks of the rows of
 * that spot. */
static void add_places(const PlaceOf *place, const Subject *subject, PlaceList *list) {
    Arena *arena = place->maker->arena;
    const Cell **rows = arena_array(arena, const Cell *, subject->row_count);
    size_t added = 0;
    for (size_t i = 0; i < subject->row_count; i++) {
        Loc loc = place_loc(place, subject->rows[i]);
        if (!loc.source || is_listed(list, loc)) {
            continue;
        }
        if (list->count == PLACES_MAX || added++ == PLACES_PER_RULE) {
            return;
        }
        Subject same = {.entity = subject->entity, .rows = rows};
        for (size_t j = i; j < subject->row_count; j++) {
            if (loc_eq(place_loc(place, subject->rows[j]), loc)) {
                rows[same.row_count++] = subject->rows[j];
            }
        }
        list->items[list->count++] =
            (Place){loc, message_fill(place->maker, &same, place->rule->label),
                    table_text(place, loc, subject->rows[i]), place->rule->field};
    }
}

static int optional_column(const ResultColumns *columns, Str name) {
    return name.n ? columns_find(columns, name) : NO_RESULT;
}

void finding_places(const FindingMaker *maker, const Subject *subject, Finding *finding) {
    const Rule *rule = maker->run->rule;
    const ResultColumns *columns = &maker->run->columns;
    PlaceList list = {arena_array(maker->arena, Place, PLACES_MAX), 0};
    for (size_t i = 0; i < rule->place_count; i++) {
        const PlaceRule *place = &rule->places[i];
        PlaceOf of = {maker,
                      place,
                      columns_find(columns, place->of),
                      optional_column(columns, place->item),
                      optional_column(columns, place->at),
                      optional_column(columns, place->length)};
        if (of.of != NO_RESULT) {
            add_places(&of, subject, &list);
        }
    }
    if (!list.count) {
        list.items[list.count++] =
            (Place){inventory_loc(maker->inventory, subject->entity), STR_NONE, STR_NONE, STR_NONE};
    }
    finding->places = list.items;
    finding->place_count = list.count;
}
