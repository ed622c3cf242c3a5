/**
 * Default unit costs and effect sizes of each lever, part of the assumption registry (`assumptions.ts`).
 */
import type { AssumptionEntry } from './assumptions.ts'
import type { LeverId } from './study.ts'

type LeverEntry = Omit<AssumptionEntry, 'timeVarying' | 'inlineValue'>

const COST_COLLECTION = 'National Cost Collection 2024/25, NHS England'

/** The four parameters that both capacity levers share. */
function slotParameters(lever: 'capacity' | 'independent-sector', admission: Pick<LeverEntry, 'confidence' | 'note'>) {
  return [
    {
      id: `lever.${lever}.costPerFirstAppointment`,
      label: 'Cost of one first appointment',
      value: 200,
      unit: '£ per appointment',
      range: [1, 10_000],
      source: 'assumption',
      confidence: 'A',
      note: 'No 2024/25 unit cost of an outpatient attendance was found. £120 was the average in 2016/17.',
    },
    {
      id: `lever.${lever}.costPerAdmission`,
      label: 'Cost of one admission',
      value: 1872,
      unit: '£ per admission',
      range: [1, 100_000],
      source: `${COST_COLLECTION}: day case and elective inpatient together`,
      ...admission,
    },
    {
      id: `lever.${lever}.admissionEmphasis`,
      label: 'Admissions bought for each first appointment, against the specialty as it is',
      value: 1,
      unit: 'ratio',
      range: [0, 100],
      source: 'assumption',
      confidence: 'A',
      note: '1 grows both stages alike, so that neither list is emptied into the other; 0 buys first appointments only.',
    },
    {
      id: `lever.${lever}.doseHalfSaturation`,
      label: 'Extra slots at which the next pound buys half as much',
      value: 0.5,
      unit: 'share of baseline slots',
      range: [0.01, 100],
      source: 'assumption',
      confidence: 'A',
      note: 'Stands for the growing price of staff, sites and sessions. Larger means nearer to constant returns.',
    },
  ] as const satisfies readonly LeverEntry[]
}

/** Every lever parameter with its default. */
export const LEVER_ENTRIES: readonly LeverEntry[] = [
  ...slotParameters('capacity', {
    confidence: 'H',
    note: 'Published average cost; an extra admission may cost more or less.',
  }),
  ...slotParameters('independent-sector', {
    confidence: 'D',
    note: 'Taken as the NHS average, since the independent sector is paid about tariff.',
  }),
  {
    id: 'lever.attendance-support.costPerContact',
    label: 'Cost of supporting one appointment (transport, interpreter, call)',
    value: 15,
    unit: '£ per appointment',
    range: [0.1, 1000],
    source: 'assumption',
    confidence: 'A',
    note: 'Middle of an assumed £10 to £20.',
  },
  {
    id: 'lever.attendance-support.dnaReduction',
    label: 'Relative fall of non-attendance among appointments supported',
    value: 0.26,
    unit: 'share',
    range: [0, 1],
    source: 'Hallsworth et al. 2015, randomised trial of reminder wording, odds ratio 0.74 (0.61 to 0.89)',
    confidence: 'A',
    note: 'The trial is of reminders; carrying its effect over to transport and interpreters is an assumption.',
  },
  {
    id: 'lever.attendance-support.maxReach',
    label: 'Most appointments that support can reach',
    value: 0.9,
    unit: 'share',
    range: [0, 1],
    source: 'assumption',
    confidence: 'A',
    note: 'Some people cannot be reached at all.',
  },
  {
    id: 'lever.outreach.costPerPersonFound',
    label: 'Cost of finding and referring one person with unmet need',
    value: 150,
    unit: '£ per person',
    range: [1, 100_000],
    source: 'assumption',
    confidence: 'A',
    note: 'Finding only; the care that follows uses capacity that must be there.',
  },
  {
    id: 'lever.outreach.maxShareOfUnmetPerWeek',
    label: 'Most of the unmet need that outreach can find in a week',
    value: 0.02,
    unit: 'share per week',
    range: [0, 1],
    source: 'assumption',
    confidence: 'A',
    note: 'Keeps a large budget from emptying the pool at once.',
  },
  {
    id: 'lever.validation.costPerRemoval',
    label: 'Cost of one removal by validation',
    value: 33,
    unit: '£ per removal',
    range: [0.1, 10_000],
    source: 'NHS England payment for validation',
    confidence: 'H',
    note: 'Validation changes the count, not care.',
  },
  {
    id: 'lever.validation.maxShareOfListPerWeek',
    label: 'Most of the list that validation can remove in a week',
    value: 0.01,
    unit: 'share per week',
    range: [0, 1],
    source: 'assumption',
    confidence: 'A',
    note: 'About 570,000 removals in six months nationally are some 0.3% of the list a week.',
  },
]

/** Names of a lever's parameters, as a study file writes them. */
export function leverParameterNames(lever: LeverId): string[] {
  const prefix = `lever.${lever}.`
  return LEVER_ENTRIES.filter((entry) => entry.id.startsWith(prefix)).map((entry) => entry.id.slice(prefix.length))
}
