/** What `fairwait gradients` prints and writes. */
import type { AreaFit, FittedUnknown, GapPart, Ranged } from '../baseline/gradients/fit-area.ts'
import { MECHANISM_WORDS, TABLE } from './gradients-messages.ts'

/** Fits and what they were made from. */
export interface GradientFits {
  readonly areas: readonly AreaFit[]
  /** England's fit, or the system's, with cancellation among the unknowns. */
  readonly ifCancelled: AreaFit
  /** Packs used, in the order of the areas. */
  readonly packs: readonly { readonly system: string; readonly months: readonly string[]; readonly sha256: string }[]
}

/** Significant digits written: the fifth is noise. */
const DIGITS = 4

/** The fits as one JSON object. */
export function gradientsJson(fits: GradientFits): string {
  const round = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value)
  return `${JSON.stringify({ format: 'fairwait-gradients', version: 1, ...fits }, round)}\n`
}

/** The fits as text. */
export function gradientsText({ areas, ifCancelled }: GradientFits): string {
  return `${[...areas.flatMap((area) => [...areaLines(area), '']), TABLE.ifCancelled, '', ...partLines(ifCancelled), ...unknownLines(ifCancelled)].join('\n')}\n`
}

function areaLines(area: AreaFit): string[] {
  const lean = (label: string, { published, sd, fitted }: AreaFit['over52']): string =>
    `  ${label.padEnd(54)}${`${published.toFixed(3)} ± ${(1.96 * sd).toFixed(3)}`.padStart(14)}${fitted.toFixed(3).padStart(9)}`
  return [
    TABLE.heading(area.area),
    '',
    TABLE.anchors,
    lean(TABLE.over18(area.over18.own), area.over18),
    lean(TABLE.over52, area.over52),
    '',
    ...unknownLines(area),
    '',
    ...partLines(area),
  ]
}

function unknownLines({ unknowns }: AreaFit): string[] {
  return [TABLE.unknowns, ...unknowns.map(unknownLine), TABLE.unknownsNote]
}

function unknownLine({ id, prior, fitted, spreadLeft, takenOn, value }: FittedUnknown): string {
  return `  ${id.padEnd(33)}${ranged(prior, 3).padEnd(21)}${ranged(fitted, 3).padEnd(21)}${spreadLeft.toFixed(2)}  ${takenOn ? value.toFixed(3) : TABLE.published}`
}

function partLines({ parts, remainder, gap, yearly }: AreaFit): string[] {
  const line = (label: string, within18: string, over52: string): string => `  ${label.padEnd(33)}${within18.padEnd(28)}${over52}`.trimEnd()
  const pointsOf = ({ within18, over52 }: Pick<GapPart, 'within18' | 'over52'>): [string, string] => [ranged(within18, 2), ranged(over52, 2)]
  return [
    TABLE.parts,
    ...parts.map((part) => line(MECHANISM_WORDS[part.mechanism], ...pointsOf(part))),
    line(TABLE.remainder, signed(remainder.within18, 2), signed(remainder.over52, 2)),
    line(TABLE.total, ...pointsOf(gap)),
    TABLE.yearly(yearly.map(({ within18 }) => signed(within18, 2))),
    TABLE.partsNote,
  ]
}

function ranged({ middle, lower, upper }: Ranged, digits: number): string {
  return lower === upper ? signed(middle, digits) : `${signed(middle, digits)} (${signed(lower, digits)}, ${signed(upper, digits)})`
}

/** A number with a true minus, and no sign of nought. */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}
