/* The kernels that ask the fault graphs alone, side by side: each in an arena of its own, which
 * joins that of the run in the order of the list. */
#include "base/threads.h"
#include "rule/kernels.h"

static KernelTables needs_of_services(const Kernels *kernels) {
    return (KernelTables){{kernel_selected_needs(kernels, NEEDS_OF_SERVICE)}};
}

/* The longest first. */
static const struct {
    Kernel *run;
} all[] = {
    {kernel_cold_start}, {kernel_common}, {kernel_cycle}, {kernel_chains}, {kernel_component},
    {needs_of_services}, {kernel_spof},   {kernel_down},  {kernel_impact}, {kernel_unsure},
};
enum { KERNELS = sizeof all / sizeof *all };

typedef struct KernelJob {
    Kernels kernels; /* with its own arena */
    KernelTables tables;
} KernelJob;

static void run_one(void *context, int worker, size_t index) {
    (void)worker;
    KernelJob *job = (KernelJob *)context + index;
    job->tables = all[index].run(&job->kernels);
}

size_t kernels_run(const Kernels *kernels, const MemTable **ret_tables) {
    KernelJob jobs[KERNELS];
    for (size_t i = 0; i < KERNELS; i++) {
        jobs[i].kernels = *kernels;
        jobs[i].kernels.arena = arena_open(0);
    }
    parallel_run(kernels->threads, KERNELS, run_one, jobs);
    size_t count = 0;
    for (size_t i = 0; i < KERNELS; i++) {
        arena_join(kernels->arena, jobs[i].kernels.arena);
        for (size_t t = 0; t < 2 && jobs[i].tables.items[t]; t++) {
            ret_tables[count++] = jobs[i].tables.items[t];
        }
    }
    return count;
}
