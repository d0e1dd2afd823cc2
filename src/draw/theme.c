#include "draw/theme.h"

/* A tone reads across. */
/* clang-format off */
const Tone tone_error = {
    "#B3261E", "white", "#FDECEA", "#B3261E", "\xE2\x9C\x96", "X", "#B3261E", 3, "error"};
const Tone tone_warning = {
    "#F2B705", "#1F2937", "#FFF9E0", "#7A4B00", "\xE2\x96\xB2", "!", "#7A4B00", 2, "warning"};
const Tone tone_info = {
    "#4B5563", "white", "#F3F4F6", "#4B5563", "\xE2\x97\x8F", "i", "#4B5563", 2, "info"};
const Tone tone_ok = {
    "#00704F", "white", "#E6F4EF", "#00704F", "\xE2\x9C\x94", "ok", "#00704F", 1, "no finding"};

const Tone tone_guest_cluster = {
    "#4C1D95", "white", NULL, NULL, "\xE2\x87\x84", "WFC", "#4C1D95", 0, "recovery layer: guest cluster"};
const Tone tone_hypervisor = {
    "#7CC4F0", "#0B2A3F", NULL, NULL, "\xE2\x9F\xB3", "HA", "#1B7FB8", 0, "recovery layer: hypervisor restart"};
const Tone tone_load_balancer = {
    "#1F2937", "white", NULL, NULL, "\xE2\x87\x89", "LB", "#1F2937", 0, "recovery layer: load balancing"};
const Tone tone_replication = {
    "#1F2937", "white", NULL, NULL, "\xE2\x9D\x8F", "REP", "#1F2937", 0, "recovery layer: replication"};
/* clang-format on */

const Tone *const tone_layers[TONE_LAYERS] = {&tone_guest_cluster, &tone_hypervisor,
                                              &tone_load_balancer, &tone_replication};

const Tone *tone_of_severity(Severity severity) {
    switch (severity) {
    case SEVERITY_ERROR:
        return &tone_error;
    case SEVERITY_WARNING:
        return &tone_warning;
    case SEVERITY_INFO:
        return &tone_info;
    case SEVERITY_NONE:
        break;
    }
    return &tone_ok;
}

const Tone *tone_of_layer(Str glyph) {
    static const struct {
        const char *name;
        const Tone *tone;
    } layers[] = {{"guest-cluster", &tone_guest_cluster},
                  {"hypervisor", &tone_hypervisor},
                  {"load-balancer", &tone_load_balancer},
                  {"replication", &tone_replication}};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        if (str_eq(glyph, str_of(layers[i].name))) {
            return layers[i].tone;
        }
    }
    return NULL;
}
