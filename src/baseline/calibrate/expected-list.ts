/**
 * The kernel's law in expected values: one specialty's two lists by age, step by step. No person is drawn, so a month of
 * England costs about a millisecond, and fits and backtests can run it thousands of times. Pure.
 *
 * Each step: everybody ages, clocks start, some are removed (hazard by weeks waited), then the step's slots go to those
 * who wait, first in turn (oldest first), the rest by weighted chance: a proportional-hazards queue, served =
 * people × (1 − exp(−κ × weight)), with κ such that the slots are used exactly. First appointments end in a clock stop or
 * a decision to admit, which joins the admission list with the clock running; then admissions are given likewise.
 */

/** What decides who is next, who is removed and who is admitted; arrays by weeks waited, one entry for each band. */
export interface ServiceLaw {
  /** Relative chance of being next for a first appointment, and for admission; above 0. */
  readonly chanceWeightFirst: Float64Array
  readonly chanceWeightAdmission: Float64Array
  /**
   * Hazard per week of leaving either list unreported. It may be below 0 in the first weeks, where more people join the
   * list after their start than leave it.
   */
  readonly removedPerWeek: Float64Array
  /** Share of those waiting whom a month-end does not show yet, by band: referrals of the last days are recorded late. */
  readonly unlisted: Float64Array
  /** Probability that a first appointment ends in a decision to admit, below 1. */
  readonly admittedShare: number
  /** Share of clock starts with a decision to admit from the start. */
  readonly directShare: number
  /** Share of slots given in turn. */
  readonly inTurnShare: number
}

/** Lists by age in steps; the last entry holds everybody older. */
export interface ExpectedLists {
  readonly first: Float64Array
  readonly admission: Float64Array
}

/** What happens in a step. */
export interface StepFlows {
  /** People. */
  readonly clockStarts: number
  readonly nonAdmitted: number
  readonly admitted: number
  /** Weeks' worth of removal hazard: the step's working days ÷ those of an average week. */
  readonly removalWeeks: number
}

/** What left the lists, by band; added to, step by step. */
export interface ExpectedExits {
  readonly nonAdmitted: Float64Array
  readonly admitted: Float64Array
  readonly removed: Float64Array
  readonly decisions: Float64Array
  /** Person-weeks at risk of removal, in weeks' worth of hazard. */
  readonly personWeeks: Float64Array
}

/** How ages lie in bands: band b holds ages `firstAge[b]` up to, not including, `firstAge[b + 1]`. */
export interface AgeGrid {
  readonly bands: number
  readonly firstAge: Int32Array
}

/** Empty exits. */
export function noExits(bands: number): ExpectedExits {
  const make = (): Float64Array => new Float64Array(bands)
  return { nonAdmitted: make(), admitted: make(), removed: make(), decisions: make(), personWeeks: make() }
}

/** People by band. */
export function byBand(people: Float64Array, { bands, firstAge }: AgeGrid): Float64Array {
  const sums = new Float64Array(bands)
  for (let band = 0; band < bands; band++) {
    let sum = 0
    for (let age = firstAge[band]; age < firstAge[band + 1]; age++) sum += people[age]
    sums[band] = sum
  }
  return sums
}

/** Advances lists by one step, in place; slots that nobody is left to use go unused. */
export function advance(lists: ExpectedLists, law: ServiceLaw, flows: StepFlows, grid: AgeGrid, exits: ExpectedExits): void {
  const { first, admission } = lists
  const { directShare, admittedShare } = law
  grow(first, flows.clockStarts * (1 - directShare))
  grow(admission, flows.clockStarts * directShare)
  remove(first, law, flows.removalWeeks, grid, exits)
  remove(admission, law, flows.removalWeeks, grid, exits)
  const seen = serve(first, law.chanceWeightFirst, law.inTurnShare, flows.nonAdmitted / (1 - admittedShare), grid)
  for (let age = 0; age < first.length; age++) admission[age] += seen.byAge[age] * admittedShare
  for (let band = 0; band < grid.bands; band++) {
    exits.nonAdmitted[band] += seen.byBand[band] * (1 - admittedShare)
    exits.decisions[band] += seen.byBand[band] * admittedShare
  }
  const admitted = serve(admission, law.chanceWeightAdmission, law.inTurnShare, flows.admitted, grid)
  for (let band = 0; band < grid.bands; band++) exits.admitted[band] += admitted.byBand[band]
}

/** Everybody a step older; `starts` begin. */
function grow(people: Float64Array, starts: number): void {
  const last = people.length - 1
  const oldest = people[last] + people[last - 1]
  people.copyWithin(1, 0, last)
  people[last] = oldest
  people[0] = starts
}

function remove(people: Float64Array, law: ServiceLaw, weeks: number, { bands, firstAge }: AgeGrid, exits: ExpectedExits): void {
  for (let band = 0; band < bands; band++) {
    const gone = law.removedPerWeek[band] * weeks
    let sum = 0
    for (let age = firstAge[band]; age < firstAge[band + 1]; age++) {
      sum += people[age]
      people[age] *= 1 - gone
    }
    exits.removed[band] += sum * gone
    exits.personWeeks[band] += sum * weeks
  }
}

/** Those served in a step by age and by band; the arrays are used again by the next call. */
interface Served {
  readonly byAge: Float64Array
  readonly byBand: Float64Array
}

/** Takes those whom a step's slots serve off a list. */
function serve(people: Float64Array, weight: Float64Array, inTurnShare: number, slots: number, grid: AgeGrid): Served {
  const { bands, firstAge } = grid
  const served: Served = { byAge: new Float64Array(people.length), byBand: new Float64Array(bands) }
  const left = inTurnShare > 0 ? takeInTurn(people, slots * inTurnShare, served) : 0
  const waiting = byBand(people, grid)
  const kappa = solveKappa(waiting, weight, slots * (1 - inTurnShare) + left)
  for (let band = 0; band < bands; band++) {
    const share = chanceWithin(kappa * weight[band])
    for (let age = firstAge[band]; age < firstAge[band + 1]; age++) {
      const given = people[age] * share
      people[age] -= given
      served.byAge[age] += given
      served.byBand[band] += served.byAge[age]
    }
  }
  return served
}

/** Serves the oldest; returns slots that are left. */
function takeInTurn(people: Float64Array, slots: number, { byAge }: Served): number {
  let left = slots
  for (let age = people.length - 1; age >= 0 && left > 0; age--) {
    byAge[age] = Math.min(people[age], left)
    people[age] -= byAge[age]
    left -= byAge[age]
  }
  return left
}

const MOST_EXPOSURE = 3.4
const ITERATIONS = 60
const TOLERANCE = 1e-8

/**
 * 1 − exp(−x) by its Padé approximant: within 0.0001 to x = 0.7, 0.002 to 1.5, and rising to x = √12, before which it is
 * capped. Arithmetic alone, so equal on every engine.
 */
function chanceWithin(exposure: number): number {
  const x = exposure > MOST_EXPOSURE ? MOST_EXPOSURE : exposure
  return x / (1 + x / 2 + (x * x) / 12)
}

/** κ at which `slots` people are served, by Newton steps kept within a bracket; the cap's where there are too few. */
function solveKappa(people: Float64Array, weight: Float64Array, slots: number): number {
  let hazard = 0
  let least = Infinity
  for (let band = 0; band < people.length; band++) {
    if (people[band] <= 0) continue
    hazard += people[band] * weight[band]
    if (weight[band] < least) least = weight[band]
  }
  if (hazard <= 0 || slots <= 0) return 0
  let low = 0
  let high = MOST_EXPOSURE / least
  let kappa = Math.min(high, slots / hazard)
  for (let turn = 0; turn < ITERATIONS; turn++) {
    let served = 0
    let slope = 0
    for (let band = 0; band < people.length; band++) {
      const x = kappa * weight[band]
      const below = 1 + x / 2 + (x * x) / 12
      if (x < MOST_EXPOSURE) {
        served += (people[band] * x) / below
        slope += (people[band] * weight[band] * (1 - (x * x) / 12)) / (below * below)
      } else {
        served += people[band] * chanceWithin(x)
      }
    }
    if (Math.abs(served - slots) <= TOLERANCE * slots) return kappa
    if (served < slots) low = kappa
    else high = kappa
    const step = slope > 0 ? kappa - (served - slots) / slope : Infinity
    kappa = step > low && step < high ? step : (low + high) / 2
  }
  return kappa
}
