/* The only part that knows threads: the same work on many items, and one thread that works ahead of
 * another. */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

#include <stdbool.h>
#include <stddef.h>

/* Number of processors, at least 1. */
int processor_count(void);

/* Runs `work(context, 0..count-1)` on up to `threads` threads (the caller's is one) and waits.
 * Each thread takes the next index; `worker` is 0..threads-1 and tells which thread calls. */
typedef void ParallelWork(void *context, int worker, size_t index);
void parallel_run(int threads, size_t count, ParallelWork *work, void *context);

/* A relay: one side fills slots in turn, 0, 1, ... RELAY_SLOTS - 1, 0, ..., the other takes them in
 * the same order. With a thread of its own the filling side runs ahead until all slots are full;
 * without one each slot is filled when it is asked for. What is taken is the same. There are enough
 * slots that the filling side goes on while the other has something else to do first. */
enum { RELAY_SLOTS = 64 };

/* Fills a slot that nobody reads. False: it is the last. */
typedef bool RelayFill(void *context, int slot);

typedef struct Relay Relay;

/* `ahead`: fill on a thread of its own, if the system gives one. Close it. */
Relay *relay_open(bool ahead, RelayFill *fill, void *context);

/* The next slot, to be read until the next call; -1 behind the last. */
int relay_next(Relay *relay);

/* Waits for the filling side, which fills no further slot. */
void relay_close(Relay *relay);

#endif
