#include "design.h"

#include <stdio.h>

#include "base/arena.h"

uint32_t dice_below(Dice *dice, uint32_t limit) {
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return limit ? (uint32_t)(dice->state >> 33) % limit : 0;
}

static bool toss(Dice *dice) {
    return dice_below(dice, 2) == 1;
}

static void add_machines(Design *design, Dice *dice, Role role, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        design->machines[design->machine_count++] = (Machine){
            .role = role,
            .host = dice_below(dice, design->host_count),
            .store = dice_below(dice, design->store_count),
            .physical = role == ROLE_WITNESS && dice_below(dice, 4) == 0,
            .excluded = role == ROLE_MEMBER && dice_below(dice, 3) == 0,
            .pending = dice_below(dice, 3) == 0,
            .snapshot = dice_below(dice, 4) == 0,
        };
    }
}

void design_roll(Design *design, Dice *dice) {
    static const char *const vsphere[] = {"4.1", "5.5", "6.7"};
    static const char *const exchange[] = {"14.0", "14.1", "14.3", "15.2"};
    *design = (Design){
        .host_count = 2 + dice_below(dice, HOSTS_MAX - 1),
        .store_count = 1 + dice_below(dice, STORES_MAX),
        .array_count = 1 + dice_below(dice, 2),
        .database_count = 1 + dice_below(dice, DATABASES_MAX),
        .controllers = dice_below(dice, 3),
        .member_count = 2 + dice_below(dice, MEMBERS_MAX - 1),
        .vsphere = vsphere[dice_below(dice, 3)],
        .exchange = exchange[dice_below(dice, 4)],
        .windows = toss(dice) ? "Windows Server 2008 R2" : "Windows Server 2019",
    };
    design->drs = toss(dice);
    design->rule = toss(dice);
    design->respected = toss(dice);
    design->admission = toss(dice);
    design->dac = toss(dice);
    design->has_witness = dice_below(dice, 5) > 0;
    for (uint32_t i = 0; i < design->store_count; i++) {
        design->array_of[i] = dice_below(dice, design->array_count);
    }
    add_machines(design, dice, ROLE_MEMBER, design->member_count);
    add_machines(design, dice, ROLE_DC, 1 + dice_below(dice, 3));
    add_machines(design, dice, ROLE_ACCESS, 1 + dice_below(dice, 3));
    add_machines(design, dice, ROLE_WITNESS, 1);
    for (uint32_t i = 0; i < design->database_count; i++) {
        design->copies[i][dice_below(dice, design->member_count)] = true;
        design->copies[i][dice_below(dice, design->member_count)] = true;
    }
}

/* ---- for the worse ---- */

static bool merge_hosts(Design *design, Dice *dice, Worsening *ret) {
    uint32_t from = dice_below(dice, design->host_count);
    uint32_t to = dice_below(dice, design->host_count);
    for (uint32_t i = 0; i < design->machine_count; i++) {
        if (design->machines[i].host == from) {
            design->machines[i].host = to;
        }
    }
    snprintf(ret->from, sizeof ret->from, "host:H%u", from);
    snprintf(ret->to, sizeof ret->to, "host:H%u", to);
    return from != to;
}

static bool merge_stores(Design *design, Dice *dice, Worsening *ret) {
    uint32_t from = dice_below(dice, design->store_count);
    uint32_t to = dice_below(dice, design->store_count);
    for (uint32_t i = 0; i < design->machine_count; i++) {
        if (design->machines[i].store == from) {
            design->machines[i].store = to;
        }
    }
    snprintf(ret->from, sizeof ret->from, "datastore:L%u", from);
    snprintf(ret->to, sizeof ret->to, "datastore:L%u", to);
    return from != to && design->array_of[from] == design->array_of[to];
}

static bool merge_arrays(Design *design, Dice *dice, Worsening *ret) {
    uint32_t to = dice_below(dice, 2);
    for (uint32_t i = 0; i < design->store_count; i++) {
        design->array_of[i] = to;
    }
    snprintf(ret->from, sizeof ret->from, "storage_array:A%u", 1 - to);
    snprintf(ret->to, sizeof ret->to, "storage_array:A%u", to);
    return design->array_count == 2;
}

/* One of several: the last of its role is no redundancy. */
static bool drop_machine(Design *design, Dice *dice, Worsening *ret) {
    uint32_t at = dice_below(dice, design->machine_count);
    Machine *machine = &design->machines[at];
    machine->gone = true;
    snprintf(ret->gone, sizeof ret->gone, "server:S%u", at);
    uint32_t others = 0;
    for (uint32_t i = 0; i < design->machine_count; i++) {
        others += i != at && design->machines[i].role == machine->role;
    }
    return others && (machine->role == ROLE_DC || machine->role == ROLE_ACCESS);
}

static bool drop_copy(Design *design, Dice *dice, Worsening *ret) {
    (void)ret;
    bool *copies = design->copies[dice_below(dice, design->database_count)];
    uint32_t count = 0;
    for (uint32_t i = 0; i < design->member_count; i++) {
        count += copies[i];
    }
    uint32_t at = dice_below(dice, design->member_count);
    bool had = copies[at];
    copies[at] = false;
    return had && count > 1;
}

/* The witness that is no longer one counts as gone. */
static bool drop_witness(Design *design, Dice *dice, Worsening *ret) {
    (void)dice;
    bool had = design->has_witness;
    design->has_witness = false;
    snprintf(ret->gone, sizeof ret->gone, "server:S%u", design->machine_count - 1);
    return had;
}

static bool drop_controller(Design *design, Dice *dice, Worsening *ret) {
    (void)dice;
    (void)ret;
    bool two = design->controllers == 2;
    design->controllers = 1;
    return two;
}

static bool drop_admission(Design *design, Dice *dice, Worsening *ret) {
    (void)dice;
    (void)ret;
    bool had = design->admission;
    design->admission = false;
    return had;
}

static bool drop_rule(Design *design, Dice *dice, Worsening *ret) {
    (void)dice;
    bool had = design->rule;
    design->rule = false;
    snprintf(ret->gone, sizeof ret->gone, "drs_rule:R1");
    return had;
}

bool design_worsen(Design *design, Dice *dice, Worsening *ret) {
    static const struct {
        const char *what;
        bool (*apply)(Design *, Dice *, Worsening *);
    } ways[] = {
        {"machines of two hosts on one", merge_hosts},
        {"machines of two datastores on one", merge_stores},
        {"datastores of two arrays on one", merge_arrays},
        {"one server less", drop_machine},
        {"one database copy less", drop_copy},
        {"no witness", drop_witness},
        {"one controller less", drop_controller},
        {"no admission control", drop_admission},
        {"no anti-affinity rule", drop_rule},
    };
    uint32_t way = dice_below(dice, sizeof ways / sizeof *ways);
    *ret = (Worsening){.what = ways[way].what};
    return ways[way].apply(design, dice, ret);
}

/* ---- as an inventory ---- */

static void write_cluster(const Design *design, Buf *out) {
    buf_printf(out,
               "vsphere_clusters:\n"
               "  - name: C1\n"
               "    version: \"%s\"\n"
               "    ha:\n"
               "      {enabled: true, host_monitoring: true, restart_priority: medium,\n"
               "       failover_level: 1, admission_control: %s, vm_monitoring: disabled,\n"
               "       isolation_response: none, advanced_options: [%s]}\n"
               "    drs: {enabled: %s, automation_level: fully-automated}\n",
               design->vsphere, design->admission ? "true" : "false",
               design->respected ? "{name: das.respectVmVmAntiAffinityRules, value: \"true\"}" : "",
               design->drs ? "true" : "false");
    buf_addz(out, "    rules: [");
    for (uint32_t i = 0; design->rule && i < design->member_count; i++) {
        buf_printf(out, "%sS%u", i ? ", " : "{name: R1, type: anti-affinity, vms: [", i);
    }
    buf_addz(out, design->rule ? "]}]\n" : "]\n");
}

static void write_machine(const Design *design, uint32_t at, Buf *out) {
    static const char *const roles[] = {"domain-controller, global-catalog",
                                        "client-access, hub-transport", "mailbox", "file-server"};
    const Machine *machine = &design->machines[at];
    buf_printf(out, "  - name: S%u\n    site: HQ\n    os: %s\n    roles: [%s]\n", at,
               design->windows, roles[machine->role]);
    buf_printf(out, "    nlb: false\n    reboot: {pending: %s}\n",
               machine->pending ? "true" : "false");
    if (machine->physical) {
        buf_addz(out, "    vm: none\n");
        return;
    }
    buf_printf(out,
               "    vm: {host: H%u, datastores: [L%u], memory_gb: %d, memory_reservation_gb: 0",
               machine->host, machine->store, machine->role == ROLE_MEMBER ? 32 : 2);
    buf_printf(out, "%s, snapshots: [%s]}\n",
               machine->excluded ? ", restart_priority: disabled" : "",
               machine->snapshot ? "{name: old, created: 2019-01-01}" : "");
}

static void write_dag(const Design *design, Buf *out) {
    buf_addz(out, "dags:\n  - name: D1\n    members: [");
    for (uint32_t i = 0; i < design->member_count; i++) {
        buf_printf(out, "%sS%u", i ? ", " : "", i);
    }
    buf_printf(out, "]\n    datacenter_activation_mode: %s\n",
               design->dac ? "dag-only" : "\"off\"");
    if (design->has_witness) {
        buf_printf(out, "    witness: {server: S%u}\n", design->machine_count - 1);
    } else {
        buf_addz(out, "    witness: none\n");
    }
    buf_addz(out, "mailbox_databases:\n");
    for (uint32_t i = 0; i < design->database_count; i++) {
        buf_printf(out, "  - {name: DB%u, dag: D1, mailboxes: 100, copies: [", i);
        uint32_t preference = 0;
        for (uint32_t j = 0; j < design->member_count; j++) {
            if (design->copies[i][j]) {
                buf_printf(out, "%s{server: S%u, activation_preference: %u}",
                           preference ? ", " : "", j, preference + 1);
                preference++;
            }
        }
        buf_addz(out, "]}\n");
    }
}

void design_write(const Design *design, Buf *out) {
    buf_printf(out,
               "topolint: 1\nname: Random\nas_of: 2020-01-01\nsites: [{name: HQ}]\n"
               "exchange_organizations: [{name: O, version: \"%s\"}]\n",
               design->exchange);
    write_cluster(design, out);
    buf_addz(out, "hosts:\n");
    for (uint32_t i = 0; i < design->host_count; i++) {
        buf_printf(out, "  - {name: H%u, cluster: C1, cores: 16, memory_gb: 20}\n", i);
    }
    buf_addz(out, "storage_arrays:\n");
    for (uint32_t i = 0; i < 2; i++) {
        buf_printf(out, "  - {name: A%u, site: HQ", i);
        if (design->controllers) {
            buf_printf(out, ", controllers: %u", design->controllers);
        }
        buf_addz(out, "}\n");
    }
    buf_addz(out, "datastores:\n");
    for (uint32_t i = 0; i < design->store_count; i++) {
        buf_printf(out, "  - {name: L%u, array: A%u}\n", i, design->array_of[i]);
    }
    buf_addz(out, "servers:\n");
    for (uint32_t i = 0; i < design->machine_count; i++) {
        if (!design->machines[i].gone) {
            write_machine(design, i, out);
        }
    }
    write_dag(design, out);
}
