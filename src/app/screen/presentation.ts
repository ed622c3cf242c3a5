/** How numbers of a study are put on a control: in which unit, on which slider. Ranges themselves come from the schema. */
import { text } from '../messages.ts'

/** How a number is shown. */
export interface Presentation {
  /** From the file's unit to the one shown. */
  readonly factor: number
  /** Unit shown behind the number; empty for none. */
  readonly unit: string
  /** The useful part of the range on a slider, in the unit shown; null for no slider. The box beside it takes all. */
  readonly slider: { readonly low: number; readonly high: number; readonly step: number } | null
  /** Words at the ends of the slider. */
  readonly ends: readonly [string, string] | null
}

const plain = (unit: string): Presentation => ({ factor: 1, unit, slider: null, ends: null })
const slider = (unit: string, high: number, step: number): Presentation => ({ factor: 1, unit, slider: { low: 0, high, step }, ends: null })

const BY_NAME: Readonly<Record<string, Presentation>> = {
  perYear: { factor: 1e-6, unit: text.units.millionsAYear, slider: { low: 0, high: 50, step: 0.5 }, ends: null },
  theta: { factor: 1, unit: 'θ', slider: { low: 0, high: 3, step: 0.1 }, ends: text.allocation.ends },
  headStartWeeks: slider(text.units.weeks, 26, 1),
  longWaitHeadStartWeeks: slider(text.units.weeks, 26, 1),
  years: plain(text.units.years),
  rampWeeks: plain(text.units.weeks),
  weeks: plain(text.units.weeks),
  recoveryWeeks: plain(text.units.weeks),
  returnWeeks: plain(text.units.weeks),
  fromWeeks: plain(text.units.weeks),
  warmUpWeeks: plain(text.units.weeks),
  replications: plain(text.units.runs),
}

const SHARE: Presentation = { factor: 100, unit: '%', slider: { low: 0, high: 100, step: 1 }, ends: null }
const CHANGE: Presentation = { factor: 100, unit: '%', slider: { low: -50, high: 50, step: 1 }, ends: null }

/**
 * The presentation of a number.
 * @param name its key in the study file
 * @param unit where the assumption registry says one
 */
export function presentationOf(name: string, minimum: number, maximum: number, unit: string | null): Presentation {
  const named = BY_NAME[name]
  if (named !== undefined) return named
  if (name === 'capacityChange') return CHANGE
  if (minimum === 0 && maximum === 1) return unit === null ? SHARE : { ...SHARE, slider: null, unit: `% (${unit})` }
  return plain(unit ?? '')
}

/** A slider that reaches the value that it has to show. */
export function reaching(presentation: Presentation, shown: number): Presentation {
  if (presentation.slider === null || !(shown > presentation.slider.high)) return presentation
  const magnitude = 10 ** Math.floor(Math.log10(shown))
  return { ...presentation, slider: { ...presentation.slider, high: Math.ceil((shown * 2) / magnitude) * magnitude } }
}

/** A number without the noise of binary fractions. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
