/** Lets levers act on a fresh draft, and lists everything that they can change. */
import { createDraft, type DraftService } from '../../../src/investment/draft.ts'
import { LEVER, takeEffect } from '../../../src/investment/levers/index.ts'
import { valueAt } from '../../../src/model/steps.ts'
import { CUSTOM_ACTS } from '../../../src/scenario/registry/lever-custom.ts'
import type { LeverId } from '../../../src/scenario/study.ts'
import { draftOf, programme } from '../programmes.ts'

export const GROUPS = 3

/** A draft of one specialty in which every mechanism that levers act on has something to act on. */
export function freshDraft(steps = 1, stepsPerWeek = 1): DraftService {
  return createDraft({ ...draftOf('T_1', steps, GROUPS), stepsPerWeek })
}

/** A custom lever that acts on everything. */
const ACTS_ON_ALL: Readonly<Record<string, number>> = Object.fromEntries(Object.values(CUSTOM_ACTS).map((name) => [name, 0.2]))

/** One programme's pence by group in one step, or in every step. */
export interface Spending {
  readonly lever: LeverId
  readonly pence: readonly number[]
  readonly parameters?: Readonly<Record<string, number>>
  /** Step of the money; all where it is left out. */
  readonly step?: number
}

/** What acts at once, whatever the lever's own lag and decay. */
export const AT_ONCE = { lagWeeks: 0, decayHalfLifeWeeks: 0 } as const

/** Lets programmes spend, in this order, and everything take effect; returns the draft and what each spent. */
export function spend(draft: DraftService, ...programmes: readonly Spending[]): { readonly draft: DraftService; readonly spent: readonly (readonly number[])[] } {
  const spent = programmes.map(({ lever, pence, parameters, step }) => {
    const own = programme({ lever, ...(parameters === undefined ? {} : { parameters }) })
    const total = pence.reduce((sum, part) => sum + part, 0)
    const tilt = pence.map((part) => (total > 0 ? (part / total) * GROUPS : 1))
    const steps = step === undefined ? Array.from({ length: draft.steps }, (_, each) => each) : [step]
    const parts = steps.map((each) => LEVER[lever].act(draft, { programme: own, step: each, pence, stepsPerWeek: draft.stepsPerWeek, tilt }))
    return pence.map((_, group) => parts.reduce((sum, part) => sum + valueAt(part, group), 0))
  })
  takeEffect(draft)
  return { draft, spent }
}

/** Every table that money can change, each as what it adds or takes away, so that more is more. */
export function effects(draft: DraftService): Readonly<Record<string, Float64Array>> {
  const fall = (factor: Float64Array): Float64Array => factor.map((value) => 1 - value)
  return {
    firstReserved: draft.firstReserved,
    admissionReserved: draft.admissionReserved,
    firstIndependent: draft.firstIndependent,
    admissionIndependent: draft.admissionIndependent,
    admissionHub: draft.admissionHub,
    dna: fall(draft.dnaFactor),
    hospitalCancellation: fall(draft.hospitalCancellationFactor),
    emergency: fall(draft.emergencyFactor),
    deterioration: fall(draft.deteriorationFactor),
    tests: fall(draft.testFactor),
    need: fall(draft.needFactor),
    diverted: draft.divertedShare,
    additionalStarts: draft.additionalStarts,
    furtherRemovals: draft.furtherRemovals,
  }
}

export const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

/** Sum of a lever's effects by table, over steps and groups. */
export function totals(draft: DraftService): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(effects(draft)).map(([name, cells]) => [name, sum(cells)]))
}

/** Parameters with which a lever does something in its first step. */
export function acting(lever: LeverId): Readonly<Record<string, number>> {
  return lever === 'custom' ? { ...AT_ONCE, ...ACTS_ON_ALL } : AT_ONCE
}
