/**
 * Slots by pool, in the order in which they are given: those reserved for people of further groups, then for each
 * deprivation group, the independent sector's, the hubs', those lent by mutual aid, and the NHS's open ones.
 *
 * The NHS's own are baseline × capacity factor × working days × season, less what shocks take and plus what is recovered;
 * a policy may reserve a share of them, and slots bought for a group join its reserved ones. Shocks reach neither the
 * independent sector nor hubs. Lent slots come out of the open ones that are left.
 */
import { InputError } from '../../errors.ts'
import type { SlotPool, Source } from '../tables.ts'
import { at, type Curve } from './adjustments.ts'
import { accepted, type LimitedSource } from './case-mix.ts'
import { byCell, byStep, type ServiceContext } from './context.ts'
import { hubToday, independentToday, type ServiceDraft, type StageSupply } from './drafts.ts'
import { text } from './messages.ts'
import type { PolicyInForce } from './policy.ts'
import { afterLosses, type Shocks } from './shocks.ts'
import { shareOfWhole, wholeNumbers } from './whole-slots.ts'

/** Least relative access and chance: everybody whom a source does not refuse can be next, however unlikely. */
export const LEAST_WEIGHT = 1e-6

const MOST_SLOTS = 2 ** 31 - 1

/** One stage's supply as money has left it. */
export interface StageDraft {
  readonly supply: StageSupply
  /** Bought for deprivation groups, and for single classes of them, index projection step × money cells + cell. */
  readonly reserved: Float64Array
  readonly reservedForClass: Float64Array
  /** The independent sector's, by step of the projection; hubs' too, null where they do not work. */
  readonly independent: Float64Array
  readonly hub: Float64Array | null
  readonly inTurnShare: (step: number) => number
}

/** Pools of a system's own, the open one last, and slots lent to others, in the order asked for. */
export interface StagePools {
  readonly pools: readonly SlotPool[]
  readonly lent: readonly Int32Array[]
}

/**
 * Compiles a stage's pools.
 * @param lending slots that others are lent, each by step, as far as there are open ones
 * @throws InputError where slots of the run cannot be counted
 */
export function compilePools(service: ServiceDraft, stage: StageDraft, shocks: Shocks, policy: PolicyInForce, lending: readonly Float64Array[]): StagePools {
  const { context } = service
  const { run, strata, money, study, specialty, system } = context
  const { perWeek, factor, independentShare, hubShare } = stage.supply
  const bought = (cells: Float64Array, from: number, count: number): Float64Array =>
    byStep(run, (step) => {
      const first = (step - run.warmUp) * money.count + from
      return step < run.warmUp ? 0 : cells.subarray(first, first + count).reduce((sum, slots) => sum + slots, 0)
    })
  const nhs = afterLosses(
    byStep(run, (step) => perWeek * (1 - at(independentShare, step) - at(hubShare, step)) * run.slotsShare[step] * at(factor, step)),
    shocks.capacity,
  ).kept
  const whole = (amounts: Float64Array): Int32Array => {
    const scaled = amounts.map((slots) => slots * study.sample)
    if (!(scaled.reduce((sum, slots) => sum + slots, 0) <= MOST_SLOTS)) throw new InputError({ path: 'baseline', message: text.tooManySlots(specialty.code, system.system.code) })
    return wholeNumbers(scaled)
  }
  const reserved = Array.from({ length: strata.groups }, (_, group) => {
    const own = afterLosses(bought(stage.reserved, group * money.classes, money.classes), shocks.capacity).kept
    return whole(own.map((slots, step) => slots + nhs[step] * policy.reservedShare(group, step)))
  })
  const forClass = Array.from({ length: money.count }, (_, cell) => whole(afterLosses(bought(stage.reservedForClass, cell, 1), shocks.capacity).kept))
  const left = nhs.map((slots, step) => {
    let share = 1 - policy.closedShare(step)
    for (let group = 0; group < strata.groups; group++) share -= policy.reservedShare(group, step)
    return slots * Math.max(0, share)
  })
  const lent = lending.map((wanted) => whole(takeFrom(left, wanted)))
  const independent = whole(byStep(run, (step) => (step < run.warmUp ? independentToday(stage.supply, context, step) : stage.independent[step - run.warmUp])))
  const hub = whole(byStep(run, (step) => (step < run.warmUp || stage.hub === null ? hubToday(stage.supply, context, step) : stage.hub[step - run.warmUp])))

  const pools: SlotPool[] = []
  const any = (slots: Int32Array): boolean => slots.some((number) => number > 0)
  const byChance = (source: Source, slots: Int32Array, access: Float64Array): number =>
    pools.push({ source, slots, inTurn: new Int32Array(run.count), access, releaseTo: -1 })
  const open = whole(left)
  const ofClasses = [...forClass.keys()].filter((cell) => any(forClass[cell]))
  const ofGroups = reserved.some(any) ? [...reserved.keys()] : []
  const openIndex = ofClasses.length + ofGroups.length + (any(independent) ? 1 : 0) + (any(hub) ? 1 : 0)
  const keep = (slots: Int32Array, isFor: (own: number) => boolean): number =>
    pools.push({ source: 'nhs', slots, inTurn: shareOfWhole(slots, stage.inTurnShare), access: onlyFor(context, isFor), releaseTo: openIndex })
  for (const cell of ofClasses) keep(forClass[cell], (own) => money.ofStratum[own] === cell)
  for (const group of ofGroups) keep(reserved[group], (own) => strata.own[own].group === group)
  if (any(independent)) byChance('independent-sector', independent, independentAccess(service))
  if (any(hub)) byChance('hub', hub, hubAccess(service))
  pools.push({ source: 'nhs', slots: open, inTurn: shareOfWhole(open, stage.inTurnShare), access: null, releaseTo: -1 })
  return { pools, lent }
}

/** Takes what is wanted from `left`, which is changed, as far as it goes. */
function takeFrom(left: Float64Array, wanted: Float64Array): Float64Array {
  return wanted.map((slots, step) => {
    const taken = Math.min(slots, left[step])
    left[step] -= taken
    return taken
  })
}

/** Access to slots reserved for some strata. */
function onlyFor(context: ServiceContext, isFor: (own: number) => boolean): Float64Array {
  return byCell(context, (_, own) => (isFor(own) ? 1 : 0))
}

/**
 * Access to independent-sector slots: the access gradient × where the money of that step was aimed, over all of the
 * step's slots (today's are aimed at nobody).
 */
function independentAccess({ context, draft }: ServiceDraft): Float64Array {
  const { warmUp } = context.run
  return accessOf(context, 'independentSectorAccess', 'independentSectorSuitable', (step, own) => {
    if (step < warmUp) return 1
    const slots = draft.firstIndependent[step - warmUp] + draft.admissionIndependent[step - warmUp]
    return slots > 0 ? 1 + draft.independentTilt[(step - warmUp) * draft.groups + context.money.ofStratum[own]] / slots : 1
  })
}

/** The same for hubs. */
function hubAccess({ context, draft }: ServiceDraft): Float64Array {
  const { warmUp } = context.run
  return accessOf(context, 'hubAccess', 'hubSuitable', (step, own) => {
    const slots = step < warmUp ? 0 : draft.admissionHub[step - warmUp]
    return slots > 0 ? 1 + draft.hubTilt[(step - warmUp) * draft.groups + context.money.ofStratum[own]] / slots : 1
  })
}

/** Relative access by cell: 0 for those whom the source refuses, else at least {@link LEAST_WEIGHT}. */
function accessOf(context: ServiceContext, key: 'independentSectorAccess' | 'hubAccess', source: LimitedSource, tilt: (step: number, own: number) => number): Float64Array {
  const { values, strata } = context
  const curves: Curve[] = strata.own.map((stratum, own) => {
    const limit = strata.limited.indexOf(source)
    const suitable = strata.limited.map((each) => values.today(each, own))
    return limit >= 0 && !accepted(stratum.caseMix, suitable, limit) ? Number.NaN : values.ofStratum(key, own)
  })
  return byCell(context, (step, own) => {
    const access = at(curves[own], step)
    return Number.isNaN(access) ? 0 : Math.max(LEAST_WEIGHT, access * tilt(step, own))
  })
}
