#include "rule/failure_data.h"

bool measure_taken(const Inventory *inventory, EntityId id, Measure measure,
                   MeasureTaken *ret_taken) {
    RowId row;
    KindId kind_id = inventory_kind_of(inventory, id, &row);
    const Kind *kind = schema_kind(inventory_schema(inventory), kind_id);
    ColumnId column = kind->measure_columns[measure - 1];
    if (column == NO_COLUMN) {
        return false;
    }
    const Field *field = kind->columns[column].field;
    int64_t stated;
    bool usual = !inventory_cell(inventory, kind_id, column, row, &stated);
    *ret_taken = usual ? (MeasureTaken){field, field->usual_low, field->usual_high, true}
                       : (MeasureTaken){field, stated, stated, false};
    return !usual || field->usual_high > 0;
}

static double share_down(int64_t repair, int64_t uptime) {
    return repair ? (double)repair / ((double)repair + (double)uptime) : 0;
}

void failure_data_read(Arena *arena, const Faults *faults, FailureData *ret_data) {
    size_t n = faults->node_count;
    *ret_data = (FailureData){arena_array(arena, double, n), arena_array(arena, double, n)};
    for (size_t v = 0; v < n; v++) {
        EntityId id = faults->entities[v];
        MeasureTaken uptime, repair;
        bool known = id && faults->faults[v] != FAULT_NONE &&
                     measure_taken(faults->inventory, id, MEASURE_UPTIME, &uptime) &&
                     measure_taken(faults->inventory, id, MEASURE_REPAIR, &repair);
        ret_data->least[v] = ret_data->most[v] = -1;
        if (known) {
            ret_data->least[v] = share_down(repair.low, uptime.high);
            ret_data->most[v] = share_down(repair.high, uptime.low);
        }
    }
}
