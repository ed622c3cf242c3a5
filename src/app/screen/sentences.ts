/** One honest sentence beside each picture, built from its numbers. */
import { dateText } from '../../report/dates.ts'
import { isClear, valueText, type Scale } from '../../report/numbers.ts'
import type { Estimate } from '../../report/reader.ts'
import { text } from '../messages.ts'
import type { ScreenReader, ShownScenario } from './screen-reader.ts'
import type { ShownFigure } from './shown.ts'

/** What a scenario does to a figure, against the reference. */
export type Verdict = 'reference' | 'unknown' | 'no interval' | 'no difference' | 'no clear difference' | 'higher' | 'lower'

/** What may honestly be said of a difference: nothing more than `no clear difference` where its interval holds nought. */
export function verdictOf(estimate: Estimate, isReference: boolean): Verdict {
  if (isReference) return 'reference'
  if (!Number.isFinite(estimate.difference)) return 'unknown'
  if (estimate.difference === 0 && !(estimate.differenceLower < 0) && !(estimate.differenceUpper > 0)) return 'no difference'
  if (!Number.isFinite(estimate.differenceLower)) return 'no interval'
  if (!isClear(estimate)) return 'no clear difference'
  return estimate.difference > 0 ? 'higher' : 'lower'
}

/** `1,200 (95% interval 1,000 to 1,400)`: the size of a clear difference, without its sign. */
function sizeText({ difference, differenceLower, differenceUpper }: Estimate, scale: Scale): string {
  const ends = [Math.abs(differenceLower), Math.abs(differenceUpper)].toSorted((a, b) => a - b)
  const unit = scale.changeUnit === '' ? '' : ` ${scale.changeUnit}`
  const size = `${scale.change(Math.abs(difference))}${unit}`
  return Number.isFinite(ends[0]) ? text.sizeWithInterval(size, scale.change(ends[0]), scale.change(ends[1])) : size
}

/** What one scenario makes of a count or a share by a date. */
export function figureSentence(reader: ScreenReader, scenario: ShownScenario, figure: ShownFigure, date: number): string {
  const estimate = reader.at(scenario.id, figure.measure, figure.group, date)
  const day = dateText(reader.results.dates[date])
  const verdict = verdictOf(estimate, scenario.id === reader.reference.id)
  const value = withUnit(estimate.mean, figure)
  switch (verdict) {
    case 'unknown':
      return text.sentences.unknown(scenario.title, text.subjects[figure.id])
    case 'reference':
      return text.sentences.reference(scenario.title, text.subjects[figure.id], value, day)
    case 'no difference':
      return text.sentences.noDifference(reader.reference.title, scenario.title, text.subjects[figure.id], value, day)
    case 'no clear difference':
      return text.sentences.noClearDifference(reader.reference.title, scenario.title, text.subjects[figure.id], value, day)
    case 'no interval':
      return text.sentences.noInterval(scenario.title, text.subjects[figure.id], value, day)
    case 'higher':
    case 'lower':
      return figure.group === 'gap'
        ? gapSentence(reader, scenario, figure, date)
        : text.sentences.clear(reader.reference.title, scenario.title, text.subjects[figure.id], verdict, sizeText(estimate, figure.scale), value, day)
  }
}

/** How a gap moves: it narrows, widens, or turns round. */
export type GapMove = 'narrows' | 'widens' | 'reverses'

/** Judged by the distance from nought, which is equality. */
export function gapMove(own: number, reference: number): GapMove {
  if (own * reference < 0) return 'reverses'
  return Math.abs(own) < Math.abs(reference) ? 'narrows' : 'widens'
}

function gapSentence(reader: ScreenReader, scenario: ShownScenario, figure: ShownFigure, date: number): string {
  const own = reader.at(scenario.id, figure.measure, 'gap', date)
  const reference = reader.at(reader.reference.id, figure.measure, 'gap', date)
  return text.sentences.gap(
    reader.reference.title,
    scenario.title,
    text.subjects[figure.id],
    gapMove(own.mean, reference.mean),
    sizeText(own, figure.scale),
    withUnit(reference.mean, figure),
    withUnit(own.mean, figure),
    dateText(reader.results.dates[date]),
  )
}

/** A value with its unit, once: some scales say it themselves. */
export function withUnit(value: number, { scale, unit, id }: ShownFigure): string {
  const written = valueText(value, scale)
  return id === 'list' || id === 'need-gap' ? `${written} ${unit}` : written
}

/** Which of the compared scenarios does most, in words for the live region. */
export function announcement(reader: ScreenReader, scenario: ShownScenario, figures: readonly ShownFigure[], date: number): string {
  return figures.map((figure) => figureSentence(reader, scenario, figure, date)).join(' ')
}

/** What is said group by group: a measure by its name on the screen, and how it is written. */
interface SaidOfGroups {
  readonly measure: string
  readonly label: string
  readonly scale: Scale
}

/** Who is ahead at a date, group against group, under one scenario. */
export function groupsSentence(reader: ScreenReader, scenario: ShownScenario, { measure, label, scale }: SaidOfGroups, date: number): string {
  const { groups } = reader
  if (groups.length < 2) return ''
  const of = (group: string): string => valueText(reader.at(scenario.id, measure, group, date).mean, scale)
  return text.sentences.groups(scenario.title, label, of(groups[0].id), of(groups[groups.length - 1].id), dateText(reader.results.dates[date]))
}

/** Where scenarios stand on the plane: the clearest of each axis. */
export function planeSentence(reader: ScreenReader, shown: readonly ShownScenario[], share: ShownFigure, gap: ShownFigure, date: number): string {
  const others = shown.filter(({ id }) => id !== reader.reference.id)
  if (others.length === 0) return text.sentences.planeAlone
  const clear = (figure: ShownFigure): { scenario: ShownScenario; estimate: Estimate }[] =>
    others
      .map((scenario) => ({ scenario, estimate: reader.at(scenario.id, figure.measure, figure.group, date) }))
      .filter(({ estimate }) => isClear(estimate) && estimate.difference > 0)
      .toSorted((a, b) => b.estimate.difference - a.estimate.difference)
  const [efficient] = clear(share)
  const [fair] = clear(gap)
  return text.sentences.plane(
    dateText(reader.results.dates[date]),
    efficient === undefined ? null : [efficient.scenario.title, sizeText(efficient.estimate, share.scale)],
    fair === undefined ? null : [fair.scenario.title, sizeText(fair.estimate, gap.scale)],
  )
}
