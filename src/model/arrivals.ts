/** Who joins: the initial list, and each step's clock starts with the unmet need beside them. */
import { BANDS } from '../baseline/types.ts'
import { FLOWS, type ServiceCensus } from './census.ts'
import { exp, ln, poissonQuantile, uniform, uniform53 } from './elementary.ts'
import { drawPathways, enrol } from './enrol.ts'
import { REVIEW_STEPS, setExitClock } from './exits.ts'
import { FLOW } from './flow-index.ts'
import { ADDITIONAL_ORDINAL, CELL_ORDINAL, DIRECT_ORDINAL, LATE_ORDINAL, PURPOSE } from './identity.ts'
import { batchFor, type KernelMemory } from './kernel-memory.ts'
import { NEVER } from './pathway-queue.ts'
import type { ServiceTables } from './tables.ts'
import { threefry } from './threefry.ts'

const FLOW_COUNT = FLOWS.length

/** Puts those already waiting into the queues; their exits count from the start of the study. */
export function placeInitialList(tables: ServiceTables, memory: KernelMemory): number {
  const { strata, stepsPerWeek, steps } = tables
  const { initialClock } = memory
  let placed = 0
  for (let start = 0; start < BANDS * stepsPerWeek; start++) {
    const age = BANDS * stepsPerWeek - start
    const band = Math.floor((age - 1) / stepsPerWeek)
    const dayOfWeek = (age - 1) % stepsPerWeek
    for (let stratum = 0; stratum < strata; stratum++) {
      const waitingFirst = shareOfDay(tables.first.initial[stratum * BANDS + band], dayOfWeek, stepsPerWeek)
      const waitingAdmission = shareOfDay(tables.admission.initial[stratum * BANDS + band], dayOfWeek, stepsPerWeek)
      if (waitingFirst + waitingAdmission === 0) continue
      const cohort = start * strata + stratum
      setExitClock(initialClock, tables.exits, stratum, 0, steps, steps, age, memory.moment.bandOfAge)
      batchFor(memory, Math.max(waitingFirst, waitingAdmission))
      drawPathways(memory, initialClock, cohort, 0, waitingFirst, 0)
      enrol(tables, memory, 0, initialClock, cohort, stratum, waitingFirst, NEVER, 0)
      drawPathways(memory, initialClock, cohort, waitingFirst, waitingAdmission, 0)
      enrol(tables, memory, 1, initialClock, cohort, stratum, waitingAdmission, NEVER, 0)
      placed += waitingFirst + waitingAdmission
    }
  }
  return placed
}

/** Whole people of a week's band whose clock started on one of its days, as even as can be. */
function shareOfDay(count: number, day: number, days: number): number {
  return Math.floor((count * (day + 1)) / days) - Math.floor((count * day) / days)
}

/** 1 · Clock starts from need, need that is not referred, and what of it comes to the list late. */
export function startClocks(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number): number {
  const { strata } = tables
  const { flows } = census
  const known = Math.min(REVIEW_STEPS, tables.steps - step)
  const review = step + known < tables.steps ? step + known : NEVER
  let started = 0
  let factor = 1
  for (let stratum = 0; stratum < strata; stratum++) {
    const cohort = memory.moment.nowStart * strata + stratum
    const index = step * strata + stratum
    const row = ((step + 1) * strata + stratum) * FLOW_COUNT
    if (tables.clockStartsSpread > 0 && (stratum === 0 || tables.systemOfStratum[stratum] !== tables.systemOfStratum[stratum - 1])) {
      factor = spreadFactor(memory, cohort, tables.clockStartsSpread)
    }
    const base = drawCount(memory, cohort, PURPOSE.clockStarts, tables.clockStarts[index] * factor)
    const direct = tables.directStarts === null ? 0 : drawCount(memory, cohort, PURPOSE.directStarts, tables.directStarts[index] * factor)
    if (tables.diverted !== null) flows[row + FLOW.diverted] = drawCount(memory, cohort, PURPOSE.diverted, tables.diverted[index] * factor)
    updateUnmetNeed(tables, memory, census, step, stratum, cohort, base + direct)
    const additional = flows[row + FLOW.additionalStarts]
    const late = flows[row + FLOW.lateStarts]
    flows[row + FLOW.clockStarts] = base + direct + additional + late
    flows[row + FLOW.decisionsToAdmit] += direct
    started += base + direct + additional + late
    if (base + direct + additional + late === 0) continue
    const clock = memory.startClocks[stratum]
    setExitClock(clock, tables.exits, stratum, step, known, tables.steps, 0, memory.moment.bandOfAge)
    batchFor(memory, Math.max(base + additional + late, direct))
    drawPathways(memory, clock, cohort, 0, base, 0)
    drawPathways(memory, clock, cohort, ADDITIONAL_ORDINAL, additional, base)
    drawPathways(memory, clock, cohort, LATE_ORDINAL, late, base + additional)
    enrol(tables, memory, 0, clock, cohort, stratum, base + additional + late, review, step)
    drawPathways(memory, clock, cohort, DIRECT_ORDINAL, direct, 0)
    enrol(tables, memory, 1, clock, cohort, stratum, direct, review, step)
  }
  return started
}

/** Sums of uniform numbers that make a factor: twelve have variance 1. */
const UNIFORMS = 12

/**
 * A factor with mean 1 on a system's clock starts of a step: e^(s z) ÷ its mean, z the sum of twelve uniform numbers
 * less 6, s² = ln(1 + v²), so that the coefficient of variation is v nearly.
 */
function spreadFactor(memory: KernelMemory, cohort: number, variation: number): number {
  const { words } = memory
  let z = -UNIFORMS / 2
  for (let pair = 0; pair < UNIFORMS / 2; pair++) {
    threefry(memory.key0[cohort], memory.key1[cohort], CELL_ORDINAL, PURPOSE.clockStartsSpread | pair, words)
    z += uniform(words[0]) + uniform(words[1])
  }
  const s = Math.sqrt(ln(1 + variation * variation))
  const one = (exp(s / 2) - exp(-s / 2)) / s
  let mean = 1
  for (let k = 0; k < UNIFORMS; k++) mean *= one
  return exp(s * z) / mean
}

/** Unmet need of a stratum in the step: what outreach finds, what presents late, what ends in an emergency, what is lost. */
function updateUnmetNeed(tables: ServiceTables, memory: KernelMemory, census: ServiceCensus, step: number, stratum: number, cohort: number, referred: number): void {
  const { strata, unmetNeed } = tables
  const { flows } = census
  const index = step * strata + stratum
  const row = ((step + 1) * strata + stratum) * FLOW_COUNT
  const unreferred = drawCount(memory, cohort, PURPOSE.unreferredNeed, unmetNeed.arising[index])
  let pool = memory.unmetNeed[stratum] + unreferred
  const found = unmetNeed.found === null ? 0 : drawCount(memory, cohort, PURPOSE.additionalStarts, unmetNeed.found[index])
  const additional = Math.min(found, pool)
  pool -= additional
  const late = unmetNeed.late === null ? 0 : Math.min(drawCount(memory, cohort, PURPOSE.lateStarts, pool * unmetNeed.late[index]), pool)
  pool -= late
  const emergency = unmetNeed.emergency === null ? 0 : Math.min(drawCount(memory, cohort, PURPOSE.unmetEmergency, pool * unmetNeed.emergency[index]), pool)
  pool -= emergency
  const lost = Math.min(drawCount(memory, cohort, PURPOSE.unmetResolution, pool * unmetNeed.lost), pool)
  pool -= lost
  memory.unmetNeed[stratum] = pool
  census.unmetNeed[(step + 1) * strata + stratum] = pool
  flows[row + FLOW.needArising] = referred + unreferred
  flows[row + FLOW.additionalStarts] = additional
  flows[row + FLOW.lateStarts] = late
  flows[row + FLOW.unmetEmergency] = emergency
  flows[row + FLOW.unmetResolved] = lost
}

/** A Poisson count of a cell, by inversion, so that it rises with its mean. */
function drawCount(memory: KernelMemory, cohort: number, purpose: number, mean: number): number {
  if (mean <= 0) return 0
  threefry(memory.key0[cohort], memory.key1[cohort], CELL_ORDINAL, purpose, memory.words)
  return poissonQuantile(uniform53(memory.words[0], memory.words[1]), mean)
}
