/*
 * What the loop of waiting-list.c stands on: the model's parameters, random numbers by identity, and memory.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { BANDS = 105, CAUSES = 5, GROUPS = 5, PRIORITIES = 3, STRATA = GROUPS * PRIORITIES, STAGES = 2 };
enum { FIRST, ADMISSION };

/* Purposes of draws, as in src/model/identity.ts. */
enum {
  START = 0x10000, EXITS = 0x20000, APPOINTMENT = 0x40000, REBOOKING = 0x50000, ADMITTING = 0x60000,
  CLOCK_STARTS = 0x70000, CELL = -1
};

/* ---------------------------------------------------------------- parameters */

static int by_chance, steps, replications;
static double clock_starts[STRATA], dna_rate[STRATA], admitted_share[STRATA];
static int head_start[STRATA], slots[STAGES];
static double hazard[CAUSES][STRATA][BANDS], chance_weight[BANDS];
static int initial[STAGES][STRATA][BANDS];

static FILE *file;

static void fail(const char *message) {
  fprintf(stderr, "waiting-list: %s\n", message);
  exit(1);
}

static double number(void) {
  double value;
  if (fscanf(file, "%lf", &value) != 1) fail("the parameters end too early");
  return value;
}

static void read_parameters(const char *path) {
  file = fopen(path, "r");
  if (file == NULL) fail("cannot read the parameters");
  by_chance = (int)number();
  steps = (int)number();
  for (int s = 0; s < STRATA; s++) clock_starts[s] = number();
  for (int s = 0; s < STRATA; s++) head_start[s] = (int)number();
  for (int s = 0; s < STRATA; s++) dna_rate[s] = number();
  for (int s = 0; s < STRATA; s++) admitted_share[s] = number();
  for (int c = 0; c < CAUSES; c++)
    for (int s = 0; s < STRATA; s++)
      for (int b = 0; b < BANDS; b++) hazard[c][s][b] = number();
  for (int b = 0; b < BANDS; b++) chance_weight[b] = number();
  for (int stage = 0; stage < STAGES; stage++)
    for (int s = 0; s < STRATA; s++)
      for (int b = 0; b < BANDS; b++) initial[stage][s][b] = (int)number();
  for (int stage = 0; stage < STAGES; stage++) slots[stage] = (int)number();
  replications = (int)number();
}

/* ---------------------------------------------------------------- random numbers */

static inline uint32_t rotated(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }

/* Threefry-2x32, 13 rounds (Salmon, Moraes, Dror, Shaw, SC11). */
static inline void threefry(uint32_t k0, uint32_t k1, uint32_t c0, uint32_t c1, uint32_t out[2]) {
  uint32_t k2 = 0x1bd11bdau ^ k0 ^ k1, a = c0 + k0, b = c1 + k1;
#define ROUND(r) a += b; b = rotated(b, r) ^ a;
  ROUND(13) ROUND(15) ROUND(26) ROUND(6)  a += k1; b += k2 + 1;
  ROUND(17) ROUND(29) ROUND(16) ROUND(24) a += k2; b += k0 + 2;
  ROUND(13) ROUND(15) ROUND(26) ROUND(6)  a += k0; b += k1 + 3;
  ROUND(17)
#undef ROUND
  out[0] = a;
  out[1] = b;
}

static inline double uniform(uint32_t word) { return (word + 0.5) * 0x1p-32; }
static inline double unit_exponential(uint32_t word) { return -log(uniform(word)); }

static int poisson(uint32_t word0, uint32_t word1, double mean) {
  if (mean <= 0) return 0;
  double u = (word0 * 1048576.0 + (word1 >> 12) + 0.5) * 0x1p-52;
  int k = (int)fmax(0, floor(mean - 8.5 * sqrt(mean) - 6));
  double probability = exp(k * log(mean) - mean - lgamma(k + 1.0)), cumulative = probability;
  while (cumulative < u) {
    k++;
    probability *= mean / k;
    cumulative += probability;
  }
  return k;
}

/* ---------------------------------------------------------------- memory */

static void *room(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (memory == NULL) fail("out of memory");
  return memory;
}

static void *more(void *memory, size_t bytes) {
  memory = realloc(memory, bytes);
  if (memory == NULL) fail("out of memory");
  return memory;
}
