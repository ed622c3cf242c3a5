/** A small study with every mechanism on, and what compile makes of its scenarios. */
import { compileScenario } from '../../src/model/compile/index.ts'
import type { CompiledScenario } from '../../src/model/tables.ts'
import { parseStudy } from '../../src/scenario/parse.ts'
import { concreteStudy, inlineStudyBaseline, resolveStudy } from '../../src/scenario/resolve.ts'
import type { ConcreteStudy } from '../../src/scenario/study.ts'

/** First day of the study, a Monday, and its length. */
const START = '2026-04-06'
export const WEEKS = 104

/** One specialty of the small study, by its code. */
const specialtyText = (code: string): string => `
    - code: ${code}
      clockStartsPerWeek: [40, 30, 30]
      waiting:
        firstAppointment: [90, 80, 70, 60, 50, 40, 40, 40, 40, 40, 30, 30, 30, 30, 30, 20, 20, 20, 20, 20, 10, 10, 5]
        admission: [30, 30, 20, 20, 20, 10, 10, 10, 10, 10]
      firstAppointmentsPerWeek: 92.5
      admissionsPerWeek: 20.3
      admittedShare: 0.25
      chanceWeight: { firstAppointment: [3, 1, 1, 1, 2] }
      exits: { removedPerWeek: [0, 0.002], withdrewPerWeek: 0.003 }`

/** What a test says of the study; scenarios as YAML, each indented by two. */
export interface StudyParts {
  readonly scenarios: string
  readonly codes?: readonly string[]
  readonly workingDays?: boolean
  /** YAML block under `assumptions`, each line indented by two. */
  readonly assumptions?: string
}

const ASSUMPTIONS = `
  dnaRate: { deprivation: { 1: 0.1, 2: 0.07, 3: 0.05 } }
  dischargeAfterDna: 0.3
  backfillShare: 0.1
  deathPerWeek: 0.0003
  referralPropensity: { deprivation: { 1: 0.7, 2: 0.8, 3: 0.9 } }
  unmetNeedResolutionPerWeek: 0.01
  unmetNeedInitialWeeks: 26
  inTurnShareFirst: 0.4
  inTurnShareAdmission: 0.5`

/** The small study, one draw of it. */
export async function smallStudy(parts: StudyParts): Promise<ConcreteStudy> {
  const source = `schemaVersion: 1
name: small
baseline:
  groups: [30000, 40000, 50000]
  specialties:${(parts.codes ?? ['T_1', 'T_2']).map(specialtyText).join('')}
time: { start: ${START}, weeks: ${WEEKS}, workingDays: ${parts.workingDays ?? false} }
assumptions:${parts.assumptions ?? ASSUMPTIONS}
scenarios:
${parts.scenarios}
`
  const { file, positions } = await parseStudy(source, 'small.yaml')
  if (typeof file.baseline === 'string') throw new Error('the small study writes its baseline out')
  return concreteStudy(resolveStudy(file, inlineStudyBaseline(file, file.baseline), positions), 0)
}

/** Every scenario of the small study, compiled, in the order written. */
export async function compileAll(parts: StudyParts): Promise<CompiledScenario[]> {
  const study = await smallStudy(parts)
  return study.scenarios.map((_, index) => compileScenario(study, index))
}
