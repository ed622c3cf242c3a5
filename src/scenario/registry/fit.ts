/** Assumptions about a pack's fit to consecutive month-ends: whether its drift goes on, and how far its levels may be off. */
import type { AssumptionEntry, StudyEntries } from './entry.ts'

type Keys = 'fittedDrift' | 'fittedChanceEarly' | 'fittedChanceLong' | 'fittedRemovals' | 'fittedAdmittedShare' | 'fittedClockStarts'

/** Draws are cut here: beyond lies one in fifteen thousand. */
const DEVIATIONS = [-4, 4] as const

/** A level of the fit, in standard deviations of it. */
function level(label: string, note: string): Omit<AssumptionEntry, 'id' | 'value'> & { readonly value: number } {
  return {
    label,
    value: 0,
    unit: 'standard deviations of the fit',
    range: DEVIATIONS,
    source: 'fairwait calibrate: blocks of three of the fitted months drawn anew; each specialty of a pack has its own spread',
    confidence: 'D',
    note: `${note} 0 takes the fit as it is; a normal distribution of mean 0 and sd 1 carries its spread. All specialties and systems are off together.`,
    timeVarying: false,
    inlineValue: 0,
  }
}

/** In the order in which they are listed. */
export const FIT_ENTRIES: StudyEntries<Keys> = {
  fittedDrift: {
    label: 'Drift of who is seen and who is removed that goes on',
    value: 0,
    unit: 'ratio to the fitted drift',
    range: [0, 2],
    source: 'fairwait calibrate: trends over the fitted months; each month ahead adds 0.9 of the change of the month before',
    confidence: 'A',
    note: '0 holds the level of the last months for years. 1 lets long waits be pressed harder for about a year and a half, as targets of 2025 did; whether they will is a matter of policy.',
    timeVarying: false,
    inlineValue: 0,
  },
  fittedChanceEarly: level('Chance of being next in the first 18 weeks, as far as its fit may be off', 'Relative to 18 to 39 weeks, at both stages.'),
  fittedChanceLong: level('Chance of being next from 40 weeks on, as far as its fit may be off', 'Relative to 18 to 39 weeks, at both stages.'),
  fittedRemovals: level('Removals at all waits, as far as their fit may be off', 'What the balance of the fitted months leaves open.'),
  fittedAdmittedShare: level('Decisions to admit after a first appointment, as far as their fit may be off', 'As odds.'),
  fittedClockStarts: level('Clock starts beside stops, as far as their level may be off', 'What makes a list grow or shrink for years.'),
}
