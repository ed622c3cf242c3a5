/** What programmes may ask of their scenario's envelope, at the means of what is uncertain. */
import { addDays, daysBetween } from '../baseline/calendar.ts'
import { capitalShareOf, kindOf } from './money-kinds.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { yearName } from './financial-years.ts'
import { yearsOf } from './resolve-budget.ts'
import type { ScenarioFile } from './schema-scenario.ts'
import type { StudyFrame } from './study-frame.ts'
import type { Envelope, Programme } from './study.ts'

/** Room for rounding, pounds and shares. */
const TOLERANCE = 1e-9
const OF_ENVELOPE = ['share', 'earmark', 'minimum', 'maximum'] as const

/** Reports limits without an envelope, limits that contradict each other, and an envelope that cannot hold them. */
export function reportEnvelope(file: ScenarioFile, programmes: readonly Programme[], envelope: Envelope | null, path: DocumentPath, frame: StudyFrame, reader: NumberReader): void {
  programmes.forEach((programme, index) => {
    const at = [...path, 'invest', index, 'budget']
    const first = OF_ENVELOPE.find((key) => file.invest?.[index]?.budget[key] !== undefined)
    if (envelope === null) {
      if (first !== undefined) reader.report([...at, first], text.needsEnvelope, 'key')
      return
    }
    const kind = kindOf(programme)
    if (envelope[kind] === null && first !== undefined) reader.report([...at, first], text.needsEnvelopeOf(kind), 'key')
    reportLimits(programme, at, reader)
  })
  if (envelope !== null) reportSums(programmes, envelope, [...path, 'envelope'], frame, reader)
}

function reportLimits({ budget }: Programme, at: DocumentPath, reader: NumberReader): void {
  if (budget.maximum === null) return
  const most = reader.meanOf(budget.maximum)
  for (const key of ['minimum', 'earmark'] as const) {
    const least = reader.meanOf(budget[key])
    if (least > most) reader.report([...at, key], text.aboveMaximum(least, most))
  }
}

function reportSums(programmes: readonly Programme[], envelope: Envelope, path: DocumentPath, frame: StudyFrame, reader: NumberReader): void {
  for (const kind of ['revenue', 'capital'] as const) {
    const money = envelope[kind]
    if (money === null) continue
    const sum = (of: (programme: Programme) => number): number => programmes.reduce((total, programme) => total + of(programme), 0)
    const shares = sum((programme) => (kindOf(programme) === kind && programme.budget.share !== null ? reader.meanOf(programme.budget.share) : 0))
    if (shares > 1 + TOLERANCE) reader.report([...path, kind], text.sharesAboveOne(shares))
    for (const year of yearsOf(frame)) {
      const pounds = money.byYear.length === 0 ? money.perYear : (money.byYear.find(({ financialYear }) => financialYear === year)?.pounds ?? 0)
      const held = reader.meanOf(pounds)
      const bound = sum((programme) => (asks(programme, year, held, reader) ? leastOf(programme, reader) * partOf(programme, kind, reader) : 0))
      if (bound > held + TOLERANCE) {
        reader.report([...path, kind], text.envelopeTooSmall(yearName(year), held, bound))
        break
      }
    }
  }
}

const leastOf = ({ budget }: Programme, reader: NumberReader): number => Math.max(reader.meanOf(budget.earmark), reader.meanOf(budget.minimum))

/** Share of a programme's money that is of a kind. */
function partOf(programme: Programme, kind: 'revenue' | 'capital', reader: NumberReader): number {
  const capital = capitalShareOf(programme, (spec) => reader.meanOf(spec))
  return kind === 'capital' ? capital : 1 - capital
}

/** Whether a programme asks for anything in a financial year: one that does not is bound to nothing. */
function asks({ budget }: Programme, year: number, held: number, reader: NumberReader): boolean {
  const until = addDays(budget.from, Math.round(budget.years * 365.25))
  if (daysBetween(budget.from, `${year + 1}-04-01`) <= 0 || daysBetween(`${year}-04-01`, until) <= 0) return false
  if (budget.share !== null) return held > 0 && reader.meanOf(budget.share) > 0
  const pounds = budget.byYear.length === 0 ? budget.perYear : (budget.byYear.find(({ financialYear }) => financialYear === year)?.pounds ?? 0)
  return reader.meanOf(pounds) > 0
}
