/** The part of a study that its scenarios are checked against while it is resolved. */
import type { StudyTime } from './study.ts'

/** What the rest of a study is checked against. */
export interface StudyFrame {
  readonly time: StudyTime
  /** ISO date of the day after the last simulated. */
  readonly end: string
  /** Whether every system's baseline is written out, so that mechanisms left out are off. */
  readonly inline: boolean
  /** Number of deprivation groups. */
  readonly groups: number
  readonly specialtyCodes: readonly string[]
  readonly systemCodes: readonly string[]
  readonly datesMustFit: boolean
}
