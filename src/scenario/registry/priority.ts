/**
 * The levels of `priority: standard`, from the least urgent on, and what they are taken to be: no share of English
 * referrals or decisions by clinical priority was found, so that all of it is assumption.
 */
import type { PriorityLevel } from '../study.ts'
import { ASSUMED, UNIT_RANGE } from './entry.ts'
import type { AssumptionEntry } from './entry.ts'

/** Names of the levels; their target times stand in {@link PRIORITY_ENTRIES}. */
export const STANDARD_LEVELS: readonly Pick<PriorityLevel, 'id' | 'title'>[] = [
  { id: 'P4', title: 'P4 routine' },
  { id: 'P3', title: 'P3 soon' },
  { id: 'P2', title: 'P2 urgent' },
]

/** What `priority` says of each stage, as the study file names it. */
export const STAGE_NUMBERS = ['shares', 'listShares', 'headStartWeeks', 'chanceWeight'] as const
export type StageNumber = (typeof STAGE_NUMBERS)[number]
export const PRIORITY_STAGES = ['firstAppointment', 'admission'] as const
export type PriorityStage = (typeof PRIORITY_STAGES)[number]

/** Range of each number by level. */
export const PRIORITY_RANGES: Readonly<Record<StageNumber, readonly [number, number]>> = {
  shares: UNIT_RANGE,
  listShares: UNIT_RANGE,
  headStartWeeks: [0, 104],
  chanceWeight: [0.000001, 1_000_000],
}

type Written = Pick<AssumptionEntry, 'label' | 'value' | 'unit' | 'range' | 'note'>

const stageEntries = (stage: PriorityStage, entries: Readonly<Record<StageNumber | 'targetWeeks', Written>>) =>
  Object.entries(entries).map(
    ([name, entry]): AssumptionEntry => ({
      id: `priority.${stage}.${name}`,
      ...entry,
      source: ASSUMED,
      confidence: 'A',
      timeVarying: name === 'headStartWeeks' || name === 'chanceWeight',
      inlineValue: null,
    }),
  )

/** Numbers of the standard levels. Lists are by level, the least urgent first. */
export const PRIORITY_ENTRIES: readonly AssumptionEntry[] = [
  ...stageEntries('firstAppointment', {
    targetWeeks: {
      label: 'Weeks within which a first appointment should come: P4, P3, P2',
      value: [18, 6, 2],
      unit: 'weeks from the clock start',
      range: [0, 520],
      note: 'P4 has the referral-to-treatment standard; an urgent first appointment should come within two weeks.',
    },
    shares: {
      label: 'Clock starts by priority: P4, P3, P2',
      value: [0.8, 0.12, 0.08],
      unit: 'share',
      range: UNIT_RANGE,
      note: 'Local triage gives the real shares.',
    },
    listShares: {
      label: 'First-appointment list at the start by priority: P4, P3, P2',
      value: [0.942, 0.047, 0.011],
      unit: 'share',
      range: UNIT_RANGE,
      note: 'Share of clock starts ÷ relative chance: those who are seen sooner are fewer on a list than among its starts.',
    },
    headStartWeeks: {
      label: 'Head start in turn by priority: P4, P3, P2',
      value: [0, 12, 16],
      unit: 'weeks',
      range: PRIORITY_RANGES.headStartWeeks,
      note: 'Target of P4 less the own, so that the nearest target is served first.',
    },
    chanceWeight: {
      label: 'Relative chance of being next by priority: P4, P3, P2',
      value: [1, 3, 9],
      unit: 'relative chance',
      range: PRIORITY_RANGES.chanceWeight,
      note: 'Target of P4 ÷ the own.',
    },
  }),
  ...stageEntries('admission', {
    targetWeeks: {
      label: 'Weeks from the decision within which admission should come: P4, P3, P2',
      value: [52, 13, 4],
      unit: 'weeks from the decision to admit',
      range: [0, 520],
      note: 'P2 within a month, P3 within three months, P4 later; a year stands for later.',
    },
    shares: {
      label: 'Decisions to admit by priority: P4, P3, P2',
      value: [0.7, 0.2, 0.1],
      unit: 'share',
      range: UNIT_RANGE,
      note: 'Local triage gives the real shares.',
    },
    listShares: {
      label: 'Admission list at the start by priority: P4, P3, P2',
      value: [0.924, 0.066, 0.01],
      unit: 'share',
      range: UNIT_RANGE,
      note: 'Share of decisions ÷ relative chance, as for first appointments.',
    },
    headStartWeeks: {
      label: 'Head start in turn for admission by priority: P4, P3, P2',
      value: [0, 39, 48],
      unit: 'weeks',
      range: PRIORITY_RANGES.headStartWeeks,
      note: 'Target of P4 less the own.',
    },
    chanceWeight: {
      label: 'Relative chance of being admitted next by priority: P4, P3, P2',
      value: [1, 4, 13],
      unit: 'relative chance',
      range: PRIORITY_RANGES.chanceWeight,
      note: 'Target of P4 ÷ the own.',
    },
  }),
]
