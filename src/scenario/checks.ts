/**
 * What can be wrong with a study file of the right shape without knowing a baseline pack: names that do not
 * exist, things said twice, formulas that use what there is not.
 */
import type { Problem } from '../errors.ts'
import { ASSUMPTION_KEYS, assumptionEntry } from './assumptions.ts'
import { symbolsOf } from './formula-program.ts'
import { changesWithTime } from './formula-series.ts'
import { inlineProblems } from './inline-baseline.ts'
import { text, unknownName } from './messages.ts'
import { problemAt } from './positions.ts'
import type { DocumentPath, Positions } from './positions.ts'
import { programmeIds } from './programme-ids.ts'
import type { ScenarioFile, StudyFile } from './schema.ts'
import type { Formula } from './study.ts'
import { targetProblems } from './target-checks.ts'

/** Every such problem. */
export function checkStudyFile(file: StudyFile, positions: Positions): Problem[] {
  return [
    ...referenceProblems(file, positions),
    ...formulaProblems(file, positions),
    ...inlineStudyProblems(file, positions),
    ...Object.entries(file.scenarios).flatMap(([id, scenario]) => scenarioProblems(id, scenario, positions)),
    ...targetProblems(file, positions),
  ]
}

function referenceProblems(file: StudyFile, positions: Positions): Problem[] {
  const { reference } = file
  if (reference === undefined || Object.hasOwn(file.scenarios, reference)) return []
  return [problemAt(positions, ['reference'], unknownName('scenario', reference, Object.keys(file.scenarios)))]
}

/** Formulas of the file with their paths; an inline baseline holds plain numbers only. */
function formulasIn(value: unknown, path: DocumentPath): [DocumentPath, Formula][] {
  if (typeof value !== 'object' || value === null || path[0] === 'baseline') return []
  if ('program' in value && 'formula' in value) return [[path, value as Formula]]
  return Array.isArray(value)
    ? value.flatMap((item, index) => formulasIn(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => formulasIn(item, [...path, key]))
}

function formulaProblems(file: StudyFile, positions: Positions): Problem[] {
  const known = ['week', 'year', ...Object.keys(file.parameters ?? {})]
  return formulasIn(file, []).flatMap(([path, formula]) => {
    const unknown = symbolsOf(formula.program).filter((name) => !known.includes(name))
    const problems = unknown.map((name) => problemAt(positions, path, unknownName('name in a formula', name, known)))
    return isStatic(file, path) && changesWithTime(formula)
      ? [...problems, problemAt(positions, path, text.formulaStatic)]
      : problems
  })
}

/** Whether the number at a path is read once, at the start. */
function isStatic(file: StudyFile, path: DocumentPath): boolean {
  const [block, key] = path
  if (block === 'assumptions') return !assumptionEntry(String(key)).timeVarying
  if (block === 'prices') return true
  if (block === 'priority') return path[2] === 'shares' || path[2] === 'listShares'
  const adjustments = block === 'adjust' ? file.adjust : path[2] === 'adjust' ? file.scenarios[String(key)].adjust : undefined
  const adjustment = adjustments?.[Number(path.at(-2))]
  return adjustment !== undefined && !assumptionEntry(adjustment.assumption).timeVarying
}

function inlineStudyProblems(file: StudyFile, positions: Positions): Problem[] {
  const { baseline } = file
  if (typeof baseline === 'string') return []
  const systems = 'systems' in baseline ? baseline.systems : [baseline]
  const problems = systems.flatMap((system, index) =>
    typeof system === 'string' ? [] : inlineProblems(system, 'systems' in baseline ? ['baseline', 'systems', index] : ['baseline'], positions),
  )
  if (systems.some((system) => typeof system === 'string')) return problems
  if (file.time.start === undefined) problems.push(problemAt(positions, ['time', 'start'], text.inlineNeedsStart))
  for (const key of ASSUMPTION_KEYS) {
    if (file.assumptions?.[key] === undefined || assumptionEntry(key).inlineValue !== null) continue
    problems.push(problemAt(positions, ['assumptions', key], text.ineffectiveInline, 'key'))
  }
  return problems
}

function scenarioProblems(id: string, scenario: ScenarioFile, positions: Positions): Problem[] {
  const ids = programmeIds(scenario.invest ?? [])
  return ids.flatMap((programme, index) =>
    ids.indexOf(programme) < index
      ? [problemAt(positions, ['scenarios', id, 'invest', index, 'id'], text.duplicateProgramme(programme))]
      : [],
  )
}
