/* Random designs in the manner of story 2, and ways to make one worse. */
#ifndef TEST_DESIGN_H
#define TEST_DESIGN_H

#include "base/buf.h"

enum { HOSTS_MAX = 4, STORES_MAX = 4, MACHINES_MAX = 12, DATABASES_MAX = 3, MEMBERS_MAX = 4 };

typedef enum Role { ROLE_DC, ROLE_ACCESS, ROLE_MEMBER, ROLE_WITNESS } Role;

typedef struct Machine {
    Role role;
    uint32_t host, store;
    bool physical; /* the witness alone */
    bool excluded; /* from restarts by HA */
    bool pending, snapshot, gone;
} Machine;

typedef struct Design {
    uint32_t host_count, store_count, array_count, database_count;
    uint32_t array_of[STORES_MAX];
    uint32_t controllers; /* of every array; 0 = not stated */
    Machine machines[MACHINES_MAX];
    uint32_t machine_count, member_count;
    bool copies[DATABASES_MAX][MEMBERS_MAX];
    const char *vsphere, *exchange, *windows;
    bool drs, rule, respected, admission, dac, has_witness;
} Design;

/* Deterministic: the same seed, the same numbers everywhere. */
typedef struct Dice {
    uint64_t state;
} Dice;
uint32_t dice_below(Dice *dice, uint32_t limit);

void design_roll(Design *design, Dice *dice);

/* One step for the worse. A record that is merged into another is renamed in what was found before:
 * `from` to `to`; what is taken away is `gone`. Labels are "host:H1"; empty if there are none. */
typedef struct Worsening {
    const char *what;
    char from[24], to[24], gone[24];
} Worsening;

/* False if nothing can be made worse in that way. */
bool design_worsen(Design *design, Dice *dice, Worsening *ret);

void design_write(const Design *design, Buf *out);

#endif
