#define _POSIX_C_SOURCE 200809L
#include "base/threads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"

int processor_count(void) {
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 64 ? 64 : (int)n;
}

typedef struct Crew {
    ParallelWork *work;
    void *context;
    size_t count;
    atomic_size_t next;
} Crew;

typedef struct Worker {
    Crew *crew;
    int number;
} Worker;

static void *run_worker(void *argument) {
    Worker *worker = argument;
    Crew *crew = worker->crew;
    for (size_t i = atomic_fetch_add(&crew->next, 1); i < crew->count;
         i = atomic_fetch_add(&crew->next, 1)) {
        crew->work(crew->context, worker->number, i);
    }
    return NULL;
}

void parallel_run(int threads, size_t count, ParallelWork *work, void *context) {
    enum { MOST = 64 };
    Crew crew = {.work = work, .context = context, .count = count};
    Worker workers[MOST];
    pthread_t handles[MOST];
    int n = threads < 1 ? 1 : threads > MOST ? MOST : threads;
    int started = 0;
    for (int i = 0; i < n; i++) {
        workers[i] = (Worker){&crew, i};
    }
    for (int i = 1; i < n; i++) {
        if (pthread_create(&handles[started], NULL, run_worker, &workers[i]) != 0) {
            break;
        }
        started++;
    }
    run_worker(&workers[0]);
    for (int i = 0; i < started; i++) {
        pthread_join(handles[i], NULL);
    }
}

struct Relay {
    RelayFill *fill;
    void *context;
    size_t filled, taken; /* slots so far; the one being read counts as not taken yet */
    bool reading, last, stopped;
    bool ahead;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

static void fill_one(Relay *relay) {
    bool more = relay->fill(relay->context, (int)(relay->filled % RELAY_SLOTS));
    pthread_mutex_lock(&relay->mutex);
    relay->filled++;
    relay->last = !more;
    pthread_cond_signal(&relay->changed);
    pthread_mutex_unlock(&relay->mutex);
}

/* Waits for an empty slot; false if none is to be filled any more. */
static bool may_fill(Relay *relay) {
    pthread_mutex_lock(&relay->mutex);
    while (relay->filled - relay->taken == RELAY_SLOTS && !relay->stopped) {
        pthread_cond_wait(&relay->changed, &relay->mutex);
    }
    bool more = !relay->stopped && !relay->last;
    pthread_mutex_unlock(&relay->mutex);
    return more;
}

static void *run_ahead(void *argument) {
    Relay *relay = argument;
    while (may_fill(relay)) {
        fill_one(relay);
    }
    return NULL;
}

Relay *relay_open(bool ahead, RelayFill *fill, void *context) {
    Relay *relay = memory_zeroed(1, sizeof *relay);
    relay->fill = fill;
    relay->context = context;
    pthread_mutex_init(&relay->mutex, NULL);
    pthread_cond_init(&relay->changed, NULL);
    relay->ahead = ahead && pthread_create(&relay->thread, NULL, run_ahead, relay) == 0;
    return relay;
}

static void give_back(Relay *relay) {
    relay->taken += relay->reading;
    relay->reading = false;
    pthread_cond_signal(&relay->changed);
}

int relay_next(Relay *relay) {
    pthread_mutex_lock(&relay->mutex);
    give_back(relay);
    while (relay->ahead && relay->filled == relay->taken && !relay->last) {
        pthread_cond_wait(&relay->changed, &relay->mutex);
    }
    bool empty = relay->filled == relay->taken;
    bool last = relay->last;
    pthread_mutex_unlock(&relay->mutex);
    if (empty && last) {
        return -1;
    }
    if (empty) {
        fill_one(relay);
    }
    relay->reading = true;
    return (int)(relay->taken % RELAY_SLOTS);
}

void relay_close(Relay *relay) {
    if (relay->ahead) {
        pthread_mutex_lock(&relay->mutex);
        relay->stopped = true;
        pthread_cond_signal(&relay->changed);
        pthread_mutex_unlock(&relay->mutex);
        pthread_join(relay->thread, NULL);
    }
    pthread_cond_destroy(&relay->changed);
    pthread_mutex_destroy(&relay->mutex);
    free(relay);
}
