/*
 * The waiting list of model.ts as a bare C loop: the work that cannot be avoided, and no more. It draws from the
 * same keyed generator, for the same identities, as Fairwait, so that the two can be compared person by person.
 *
 *     waiting-list PARAMETERS     the file that model.ts writes (parametersForC)
 *
 * One line of JSON on standard output for each replication: nanoseconds of the processor (without reading and allocating),
 * pathways, and the measures in the order of MEASURES in model.ts. Exit code 1 with a message where a file cannot
 * be read or memory does not suffice.
 *
 *     gcc -O2 -o waiting-list waiting-list.c -lm
 */
#define _GNU_SOURCE
#include <string.h>
#include <time.h>

#include "waiting-list.h"

enum { NEVER = 0xffff, REVIEW_STEPS = 39, REVIEW = 0xff };

/* ---------------------------------------------------------------- pathways */

typedef struct {
  double threshold;
  int32_t cohort, ordinal, next, place; /* next in its bucket, or its place in the list that chance draws from */
  uint16_t exit_step, missed;
  uint8_t exit_cause, stage, waiting;
} Pathway;

static Pathway *pathway;
static int *spare, spare_count, high, capacity;

static int cohorts, now;                     /* now: start index of this step's clock starts */
static uint32_t (*cell_key)[2];              /* by cohort */
static int *live[STAGES];                    /* by cohort: waiting */
static int *bucket[STAGES], *in_bucket[STAGES]; /* by start × priority: chain of pathways, and how many wait */
static int oldest[STAGES][PRIORITIES];
static int *list[STAGES], list_count[STAGES]; /* chance: everybody waiting */
static double *exposure[STAGES], *weight;
static double kappa[STAGES];

typedef struct { int *item, count, capacity; } Events;
static Events *calendar;                     /* by step */

static double *new_hazards[CAUSES][STRATA];  /* for clock starts: cumulative hazard after 1, 2, … steps */
static double *initial_hazards[CAUSES];      /* the same for the cell of the initial list at hand */

static int *chosen, chosen_count, *held, held_count;
static double *keys;

/* Counts. */
/* By step × stage × stratum × band: waiting at its end, clocks stopped. */
static int *waiting_count, *stopped_by_band;
static int64_t exits_by_cause[CAUSES], admitted, non_admitted, missed_appointments, started;

static inline int stratum_of(int cohort) { return cohort % STRATA; }
static inline int start_of(int cohort) { return cohort / STRATA; }
/* The most urgent level is the last of a group, and the first in line. */
static inline int bucket_of(int cohort) {
  return start_of(cohort) * PRIORITIES + PRIORITIES - 1 - stratum_of(cohort) % PRIORITIES;
}
static inline int band_of(int age) { return age < BANDS - 1 ? age : BANDS - 1; }

static int new_pathway(void) {
  if (spare_count > 0) return spare[--spare_count];
  if (high == capacity) {
    capacity = capacity * 2 + 1024;
    pathway = more(pathway, capacity * sizeof *pathway);
    spare = more(spare, capacity * sizeof *spare);
    held = more(held, capacity * sizeof *held);
    chosen = more(chosen, capacity * sizeof *chosen);
    keys = more(keys, capacity * sizeof *keys);
    for (int stage = 0; stage < STAGES; stage++) list[stage] = more(list[stage], capacity * sizeof *list[stage]);
  }
  return high++;
}

static void count_in(int stage, int cohort, int by) {
  live[stage][cohort] += by;
  in_bucket[stage][bucket_of(cohort)] += by;
}

static void stand_in_line(int stage, int id) {
  Pathway *p = &pathway[id];
  p->stage = (uint8_t)stage;
  p->waiting = 1;
  count_in(stage, p->cohort, 1);
  if (by_chance) {
    p->place = list_count[stage];
    list[stage][list_count[stage]++] = id;
    return;
  }
  int own = bucket_of(p->cohort), priority = own % PRIORITIES, start = start_of(p->cohort);
  p->next = bucket[stage][own];
  bucket[stage][own] = id;
  if (start < oldest[stage][priority]) oldest[stage][priority] = start;
}

/* Out of the counts. In turn it stays in its bucket's chain, and keeps its memory, until that is next walked. */
static void step_out(int id) {
  Pathway *p = &pathway[id];
  p->waiting = 0;
  count_in(p->stage, p->cohort, -1);
  if (by_chance) {
    int last = list[p->stage][--list_count[p->stage]];
    list[p->stage][p->place] = last;
    pathway[last].place = p->place;
  }
}

/* ---------------------------------------------------------------- exits */

static void enter_exit(int id, int step, int cause) {
  Pathway *p = &pathway[id];
  p->exit_step = (uint16_t)step;
  p->exit_cause = (uint8_t)cause;
  Events *events = &calendar[step];
  if (events->count == events->capacity) {
    events->capacity = events->capacity * 2 + 64;
    events->item = more(events->item, events->capacity * sizeof(int));
  }
  events->item[events->count++] = id;
}

static int first_reaching(const double *hazards, int length, double threshold) {
  int low = 0, up = length - 1;
  while (low < up) {
    int middle = (low + up) / 2;
    if (hazards[middle] < threshold) low = middle + 1;
    else up = middle;
  }
  return low;
}

/* Hazards of a stratum over the steps that are looked at, and which random words they leave open. */
typedef struct {
  const double *sums[CAUSES];
  double survival[CAUSES];
  uint32_t half_open[CAUSES];
  int from, length;
} Clock;

static Clock start_clock[STRATA], review_clock[STRATA], initial_clock;

static void set_clock(Clock *clock, int from, int length) {
  clock->from = from;
  clock->length = length;
  for (int cause = 0; cause < CAUSES; cause++) {
    clock->survival[cause] = exp(-clock->sums[cause][length - 1]);
    clock->half_open[cause] = (uint32_t)floor(clock->survival[cause] * 65536);
  }
}

static void sum_hazards(int stratum, int age, int cause, double *sums) {
  double sum = 0;
  for (int k = 0; k < steps; k++) sums[k] = sum += hazard[cause][stratum][band_of(age + k)];
}

/* When and why somebody leaves within the clock, if not treated. Of causes from 1 on, 16 random bits are looked at
 * first: they rule nearly everybody out. */
static inline void find_exit(int id, const Clock *clock, uint32_t removal, const uint32_t exit_words[2]) {
  const uint32_t early = exit_words[0], late = exit_words[1];
  const uint32_t half[CAUSES] = { 0, early & 0xffff, early >> 16, late & 0xffff, late >> 16 };
  double earliest = clock->length;
  int found = -1, cause_found = 0;
  for (int cause = 0; cause < CAUSES; cause++) {
    uint32_t word = removal;
    if (cause > 0) {
      if (half[cause] < clock->half_open[cause]) continue;
      const Pathway *p = &pathway[id];
      uint32_t further[2];
      threefry(cell_key[p->cohort][0], cell_key[p->cohort][1], (uint32_t)p->ordinal, EXITS | cause, further);
      word = (half[cause] << 16) | (further[0] >> 16);
    }
    if (word + 0.5 <= clock->survival[cause] * 0x1p32) continue;
    double threshold = unit_exponential(word);
    const double *hazards = clock->sums[cause];
    if (hazards[clock->length - 1] < threshold) continue;
    int step = first_reaching(hazards, clock->length, threshold);
    double before = step == 0 ? 0 : hazards[step - 1];
    double at = step + (threshold - before) / (hazards[step] - before);
    if (at >= earliest) continue;
    earliest = at;
    found = clock->from + step;
    cause_found = cause;
  }
  if (found >= 0) enter_exit(id, found, cause_found);
}

static void take_exit(int id) {
  exits_by_cause[pathway[id].exit_cause]++;
  step_out(id);
  pathway[id].exit_step = NEVER;
  if (by_chance) spare[spare_count++] = id;
}

/* Most are treated within months, so exits are looked for up to REVIEW_STEPS first, and to the horizon then. */
static void review(int id) {
  Pathway *p = &pathway[id];
  uint32_t words[2], exit_words[2];
  const uint32_t *key = cell_key[p->cohort];
  threefry(key[0], key[1], (uint32_t)p->ordinal, START, words);
  threefry(key[0], key[1], (uint32_t)p->ordinal, EXITS, exit_words);
  p->exit_step = NEVER;
  find_exit(id, &review_clock[stratum_of(p->cohort)], words[1], exit_words);
}

static void take_exits(int step) {
  Events *events = &calendar[step];
  int from = step - REVIEW_STEPS;
  for (int s = 0; s < STRATA && from >= 0; s++) set_clock(&review_clock[s], from, steps - from);
  for (int i = 0; i < events->count; i++) {
    int id = events->item[i];
    Pathway *p = &pathway[id];
    if (p->waiting && p->exit_step == step && p->exit_cause == REVIEW) review(id);
    if (p->waiting && p->exit_step == step) take_exit(id);
  }
}

/* ---------------------------------------------------------------- who joins */

static void join(int stage, int cohort, int ordinal, const Clock *clock) {
  const uint32_t *key = cell_key[cohort];
  uint32_t words[2], exit_words[2];
  threefry(key[0], key[1], (uint32_t)ordinal, START, words);
  threefry(key[0], key[1], (uint32_t)ordinal, EXITS, exit_words);
  int id = new_pathway(), end = clock->from + clock->length;
  pathway[id] = (Pathway){ .cohort = cohort, .ordinal = ordinal, .exit_step = NEVER };
  pathway[id].threshold = unit_exponential(words[0]);
  stand_in_line(stage, id);
  find_exit(id, clock, words[1], exit_words);
  if (pathway[id].exit_step == NEVER && end < steps) enter_exit(id, end, REVIEW);
  started++;
}

static void place_initial_list(void) {
  for (int start = 0; start < BANDS; start++) {
    int age = BANDS - start;
    for (int s = 0; s < STRATA; s++) {
      int first = initial[FIRST][s][age - 1], both = first + initial[ADMISSION][s][age - 1];
      if (both == 0) continue;
      for (int cause = 0; cause < CAUSES; cause++) {
        sum_hazards(s, age, cause, initial_hazards[cause]);
        initial_clock.sums[cause] = initial_hazards[cause];
      }
      set_clock(&initial_clock, 0, steps);
      for (int i = 0; i < both; i++) join(i < first ? FIRST : ADMISSION, start * STRATA + s, i, &initial_clock);
    }
  }
}

static void start_clocks(int step) {
  int length = steps - step < REVIEW_STEPS ? steps - step : REVIEW_STEPS;
  for (int s = 0; s < STRATA; s++) {
    int cohort = now * STRATA + s;
    uint32_t words[2];
    threefry(cell_key[cohort][0], cell_key[cohort][1], (uint32_t)CELL, CLOCK_STARTS, words);
    int count = poisson(words[0], words[1], clock_starts[s]);
    set_clock(&start_clock[s], step, length);
    for (int i = 0; i < count; i++) join(FIRST, cohort, i, &start_clock[s]);
  }
}

/* ---------------------------------------------------------------- who is next */

/* Puts the `wanted` least of keys[from..to) first among them, chosen[] with them. */
static void select_least(int from, int to, int wanted) {
  int left = from, right = to - 1, target = from + wanted - 1;
  while (left < right) {
    double pivot = keys[(left + right) / 2];
    int i = left, j = right;
    while (i <= j) {
      while (keys[i] < pivot) i++;
      while (keys[j] > pivot) j--;
      if (i > j) break;
      double key = keys[i];
      keys[i] = keys[j];
      keys[j] = key;
      int id = chosen[i];
      chosen[i++] = chosen[j];
      chosen[j--] = id;
    }
    if (target <= j) right = j;
    else if (target >= i) left = i;
    else return;
  }
}

/* The buckets in order; the one that holds more people than slots are left gives them to the least thresholds. */
static void choose_in_turn(int stage, int wanted) {
  chosen_count = 0;
  for (int priority = 0; priority < PRIORITIES && wanted > 0; priority++) {
    for (int start = oldest[stage][priority]; start <= now && wanted > 0; start++) {
      int own = start * PRIORITIES + priority, count = in_bucket[stage][own];
      if (count == 0 && start == oldest[stage][priority] && start < now) oldest[stage][priority]++;
      if (count == 0) continue;
      int from = chosen_count, taken = count < wanted ? count : wanted;
      for (int id = bucket[stage][own]; id >= 0;) {
        int next = pathway[id].next;
        if (pathway[id].waiting) {
          keys[chosen_count] = pathway[id].threshold;
          chosen[chosen_count++] = id;
        } else {
          spare[spare_count++] = id;
        }
        id = next;
      }
      bucket[stage][own] = -1;
      if (taken < count) {
        select_least(from, chosen_count, taken);
        for (int i = from + taken; i < chosen_count; i++) {
          pathway[chosen[i]].next = bucket[stage][own];
          bucket[stage][own] = chosen[i];
        }
        chosen_count = from + taken;
      }
      wanted -= taken;
    }
  }
}

/* The least dues among everybody waiting; κ is the last of them, and becomes exposure. */
static void choose_by_chance(int stage, int wanted) {
  for (int start = 0; start <= now; start++) {
    for (int s = 0; s < STRATA; s++) weight[start * STRATA + s] = chance_weight[band_of(now - start + head_start[s])];
  }
  if (wanted > list_count[stage]) wanted = list_count[stage];
  for (double guess = kappa[stage] * 1.25;; guess *= 2) {
    chosen_count = 0;
    for (int i = 0; i < list_count[stage]; i++) {
      const Pathway *p = &pathway[list[stage][i]];
      double due = (p->threshold - exposure[stage][p->cohort]) / weight[p->cohort];
      if (due > guess) continue;
      keys[chosen_count] = due;
      chosen[chosen_count++] = list[stage][i];
    }
    if (chosen_count >= wanted) break;
  }
  if (wanted == 0) return;
  select_least(0, chosen_count, wanted);
  kappa[stage] = keys[wanted - 1];
  chosen_count = wanted;
  for (int cohort = 0; cohort < (now + 1) * STRATA; cohort++) exposure[stage][cohort] += weight[cohort] * kappa[stage];
}

static void choose(int stage) {
  if (by_chance) choose_by_chance(stage, slots[stage]);
  else choose_in_turn(stage, slots[stage]);
}

/* ---------------------------------------------------------------- what comes of it */

static void stop_clock(int stage, int id, int step, uint32_t word) {
  Pathway *p = &pathway[id];
  int age = now - start_of(p->cohort) - (int)(word & 1);
  stopped_by_band[((step * STAGES + stage) * STRATA + stratum_of(p->cohort)) * BANDS + band_of(age < 0 ? 0 : age)]++;
  if (stage == ADMISSION) admitted++;
  else non_admitted++;
  p->exit_step = NEVER;
  spare[spare_count++] = id;
}

static void see_first_appointments(int step) {
  choose(FIRST);
  held_count = 0;
  for (int i = 0; i < chosen_count; i++) {
    int id = chosen[i];
    Pathway *p = &pathway[id];
    const uint32_t *key = cell_key[p->cohort];
    int s = stratum_of(p->cohort);
    uint32_t words[2], further[2];
    threefry(key[0], key[1], (uint32_t)p->ordinal, APPOINTMENT | p->missed, words);
    step_out(id);
    if (uniform(words[0]) < dna_rate[s]) {
      missed_appointments++;
      threefry(key[0], key[1], (uint32_t)p->ordinal, REBOOKING | p->missed, further);
      p->missed++;
      p->threshold = unit_exponential(further[0]);
      held[held_count++] = id;
    } else if (uniform(words[1]) < admitted_share[s]) {
      threefry(key[0], key[1], (uint32_t)p->ordinal, ADMITTING, further);
      p->threshold = exposure[ADMISSION][p->cohort] + unit_exponential(further[0]);
      stand_in_line(ADMISSION, id);
    } else {
      stop_clock(FIRST, id, step, words[0]);
    }
  }
  for (int i = 0; i < held_count; i++) {
    pathway[held[i]].threshold += exposure[FIRST][pathway[held[i]].cohort];
    stand_in_line(FIRST, held[i]);
  }
}

static void admit(int step) {
  choose(ADMISSION);
  for (int i = 0; i < chosen_count; i++) {
    Pathway *p = &pathway[chosen[i]];
    const uint32_t *key = cell_key[p->cohort];
    uint32_t words[2];
    threefry(key[0], key[1], (uint32_t)p->ordinal, ADMITTING, words);
    step_out(chosen[i]);
    stop_clock(ADMISSION, chosen[i], step, words[1]);
  }
}

static void take_census(int step) {
  for (int stage = 0; stage < STAGES; stage++) {
    int *row = waiting_count + (size_t)(step * STAGES + stage) * STRATA * BANDS;
    for (int start = 0; start <= now; start++) {
      int band = band_of(now - start);
      for (int s = 0; s < STRATA; s++) row[s * BANDS + band] += live[stage][start * STRATA + s];
    }
  }
}

/* ---------------------------------------------------------------- a replication */

static size_t cells(void) { return (size_t)steps * STAGES * STRATA * BANDS; }

static void allocate(void) {
  cohorts = (steps + BANDS) * STRATA;
  cell_key = room(cohorts, sizeof *cell_key);
  weight = room(cohorts, sizeof *weight);
  calendar = room(steps, sizeof *calendar);
  waiting_count = room(cells(), sizeof(int));
  stopped_by_band = room(cells(), sizeof(int));
  for (int stage = 0; stage < STAGES; stage++) {
    live[stage] = room(cohorts, sizeof(int));
    exposure[stage] = room(cohorts, sizeof(double));
    bucket[stage] = room((steps + BANDS) * PRIORITIES, sizeof(int));
    in_bucket[stage] = room((steps + BANDS) * PRIORITIES, sizeof(int));
  }
  for (int cause = 0; cause < CAUSES; cause++) {
    initial_hazards[cause] = room(steps, sizeof(double));
    for (int s = 0; s < STRATA; s++) new_hazards[cause][s] = room(steps, sizeof(double));
  }
}

static void clear(void) {
  spare_count = high = 0;
  admitted = non_admitted = missed_appointments = started = 0;
  memset(exits_by_cause, 0, sizeof exits_by_cause);
  memset(waiting_count, 0, cells() * sizeof(int));
  memset(stopped_by_band, 0, cells() * sizeof(int));
  for (int step = 0; step < steps; step++) calendar[step].count = 0;
  for (int stage = 0; stage < STAGES; stage++) {
    list_count[stage] = 0;
    kappa[stage] = 1;
    memset(live[stage], 0, cohorts * sizeof(int));
    memset(exposure[stage], 0, cohorts * sizeof(double));
    memset(bucket[stage], -1, (steps + BANDS) * PRIORITIES * sizeof(int));
    memset(in_bucket[stage], 0, (steps + BANDS) * PRIORITIES * sizeof(int));
    memset(oldest[stage], 0, sizeof oldest[stage]);
  }
}

static void simulate(uint32_t key0, uint32_t key1) {
  clear();
  for (int cohort = 0; cohort < cohorts; cohort++) {
    threefry(key0, key1, (uint32_t)start_of(cohort), (uint32_t)stratum_of(cohort), cell_key[cohort]);
  }
  for (int s = 0; s < STRATA; s++)
    for (int cause = 0; cause < CAUSES; cause++) {
      sum_hazards(s, 0, cause, new_hazards[cause][s]);
      start_clock[s].sums[cause] = review_clock[s].sums[cause] = new_hazards[cause][s];
    }
  place_initial_list();
  for (int step = 0; step < steps; step++) {
    now = step + BANDS;
    start_clocks(step);
    take_exits(step);
    see_first_appointments(step);
    admit(step);
    take_census(step);
  }
}

/* ---------------------------------------------------------------- measures */

static void print_measures(double nanoseconds) {
  double weeks[STAGES] = { 0 }, by_priority[PRIORITIES] = { 0 }, by_group[GROUPS] = { 0 };
  double within = 0, total = 0, stopped_weeks[STAGES] = { 0 };
  for (int step = 0; step < steps; step++)
    for (int stage = 0; stage < STAGES; stage++)
      for (int s = 0; s < STRATA; s++)
        for (int b = 0; b < BANDS; b++) {
          size_t cell = (size_t)((step * STAGES + stage) * STRATA + s) * BANDS + b;
          int people = waiting_count[cell];
          weeks[stage] += people;
          stopped_weeks[stage] += (double)b * stopped_by_band[cell];
          if (step < steps - 1) continue;
          by_priority[s % PRIORITIES] += people;
          by_group[s / PRIORITIES] += people;
          total += people;
          if (b < 18) within += people;
        }
  printf("{\"nanoseconds\":%.0f,\"pathways\":%lld,\"measures\":[", nanoseconds, (long long)started);
  printf("%.17g,%.17g", weeks[FIRST] / steps, weeks[ADMISSION] / steps);
  for (int p = 0; p < PRIORITIES; p++) printf(",%.0f", by_priority[p]);
  for (int g = 0; g < GROUPS; g++) printf(",%.0f", by_group[g]);
  printf(",%.17g,%lld,%lld", within / total, (long long)non_admitted, (long long)admitted);
  for (int c = 0; c < CAUSES; c++) printf(",%lld", (long long)exits_by_cause[c]);
  printf(",%lld,%.17g", (long long)missed_appointments, stopped_weeks[FIRST] / non_admitted);
  printf(",%.17g]}\n", stopped_weeks[ADMISSION] / admitted);
}

int main(int argc, char **argv) {
  if (argc != 2) fail("usage: waiting-list PARAMETERS");
  read_parameters(argv[1]);
  allocate();
  for (int replication = 0; replication < replications; replication++) {
    int64_t key0 = (int64_t)number(), key1 = (int64_t)number();
    struct timespec begun, done;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begun);
    simulate((uint32_t)key0, (uint32_t)key1);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &done);
    print_measures((done.tv_sec - begun.tv_sec) * 1e9 + (done.tv_nsec - begun.tv_nsec));
  }
  return 0;
}
