/** The part of a study that the rest is checked against while it is resolved. */
import type { FurtherDimension, PriorityLevel, StudyTime } from './study.ts'

/** One system of a study. */
export interface SystemFrame {
  readonly code: string
  /** NHS England region of a pack; null where the baseline is written out. */
  readonly region: string | null
  readonly specialtyCodes: readonly string[]
}

/** What the rest of a study is checked against. */
export interface StudyFrame {
  readonly time: StudyTime
  /** ISO date of the day after the last simulated. */
  readonly end: string
  /** Whether every system's baseline is written out, so that mechanisms left out are off. */
  readonly inline: boolean
  /** Number of deprivation groups. */
  readonly groups: number
  readonly systems: readonly SystemFrame[]
  /** Of all systems. */
  readonly specialtyCodes: readonly string[]
  readonly systemCodes: readonly string[]
  readonly levels: readonly PriorityLevel[]
  readonly dimensions: readonly FurtherDimension[]
  /** Whether dates must lie within the study. */
  readonly datesMustFit: boolean
}
