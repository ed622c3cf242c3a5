/** A made-up answer to what makes the gap, whose parts add up. */
import type { GapExplanation, GapQuestion, StudyFile } from '../../../src/app/contract.ts'
import { MECHANISM_TITLES, type MechanismId } from '../../../src/experiment/decompose/mechanisms.ts'
import type { Estimate, Explanation } from '../../../src/experiment/decompose/types.ts'
import { MEASURES } from '../../../src/measures/definitions.ts'

const estimate = (mean: number): Estimate => ({ mean, lower: mean - 0.002, upper: mean + 0.002 })

const PARTS: readonly (readonly [MechanismId, number])[] = [['attendance', -0.012], ['independent-sector', -0.009], ['exits', 0.004]]

function explanationOf(question: Explanation['question']): Explanation {
  return {
    question,
    whole: estimate(-0.018),
    explained: estimate(-0.017),
    rest: estimate(-0.001),
    mechanisms: PARTS.map(([id, part]) => ({
      id,
      title: MECHANISM_TITLES[id],
      contribution: estimate(part),
      samplingError: 0.001,
      takenOutAlone: estimate(part),
    })),
  }
}

/** Makes one. */
export function fakeExplanation(file: StudyFile, { scenario, date }: GapQuestion): GapExplanation {
  const measure = MEASURES.find(({ id }) => id === 'slope-index:within-18-weeks')
  if (measure === undefined) throw new Error('the measure is gone')
  const named = (id: string): { id: string; title: string } => ({ id, title: file.scenarios[id]?.title ?? id })
  const reference = file.reference ?? Object.keys(file.scenarios)[0]
  return {
    measure,
    sample: 0.02,
    maxRuns: 324,
    decomposition: {
      scenario: named(scenario),
      reference: named(reference),
      measure: measure.id,
      date,
      method: 'sampled',
      coalitions: 8,
      orders: 4,
      runs: 48,
      replications: 3,
      leftOut: 0,
      withoutGradient: ['cancellation'],
      explanations: scenario === reference ? [explanationOf('gap')] : [explanationOf('gap'), explanationOf('change')],
    },
  }
}
