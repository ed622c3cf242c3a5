/** What can be wrong with a study's targets without knowing a baseline pack. */
import type { Problem } from '../errors.ts'
import { equalityOf, MEASURES } from '../measures/definitions.ts'
import { outsideLimit, outsideRange, text, unknownName } from './messages.ts'
import { problemAt } from './positions.ts'
import type { DocumentPath, Positions } from './positions.ts'
import type { StudyFile, TargetFile } from './schema.ts'
import { TARGET_LIMITS } from './study.ts'
import type { TargetLimit } from './study.ts'

/** Every such problem. */
export function targetProblems(file: StudyFile, positions: Positions): Problem[] {
  const targets = file.targets ?? []
  const ids = targets.map(({ id }) => id)
  return targets.flatMap((target, index) => {
    const at: DocumentPath = ['targets', index]
    const problems = [...limitProblems(target, at, positions), ...requiredProblems(target, file, at, positions)]
    if (ids.indexOf(target.id) < index) {
      problems.push(problemAt(positions, [...at, 'id'], text.duplicateTarget(target.id)))
    }
    if (target.group !== undefined && equalityOf(target.measure) !== null) {
      problems.push(problemAt(positions, [...at, 'group'], text.groupOfGap))
    }
    return problems
  })
}

/** The limits that a target sets; a sound target has one. */
export function limitsOf(target: TargetFile): { readonly kind: TargetLimit; readonly limit: number }[] {
  return TARGET_LIMITS.flatMap((kind) => {
    const limit = target[kind]
    return limit === undefined ? [] : [{ kind, limit }]
  })
}

function limitProblems(target: TargetFile, at: DocumentPath, positions: Positions): Problem[] {
  const [first, second] = limitsOf(target)
  if (first === undefined) return [problemAt(positions, at, text.noLimit)]
  if (second !== undefined) {
    return [problemAt(positions, [...at, second.kind], text.twoLimits(first.kind, second.kind), 'key')]
  }
  const { kind, limit } = first
  if (kind === 'within' && equalityOf(target.measure) === null) {
    return [problemAt(positions, [...at, kind], text.withinIsForGaps, 'key')]
  }
  const { min, max } = limitRange(target, kind)
  if (limit >= min && limit <= max) return []
  const message = Number.isFinite(max)
    ? `${outsideRange(limit, min, max)} ${text.sharesNotPerCent}`
    : outsideLimit('number', 'least', min, true, limit)
  return [problemAt(positions, [...at, kind], message)]
}

/** What a limit on a measure may be: shares and their differences are bounded, counts and times not negative. */
function limitRange({ measure }: TargetFile, kind: TargetLimit): { min: number; max: number } {
  const unit = MEASURES.find(({ id }) => id === measure)?.unit
  const max = unit === 'share' || unit === 'difference of shares' ? 1 : Number.POSITIVE_INFINITY
  const isDifference = equalityOf(measure) === 0 && kind !== 'within'
  return { min: isDifference ? -max : 0, max }
}

function requiredProblems(
  { required }: TargetFile,
  file: StudyFile,
  at: DocumentPath,
  positions: Positions,
): Problem[] {
  if (typeof required !== 'object') return []
  const scenarios = Object.keys(file.scenarios)
  return required.flatMap((id, index) => {
    const path = [...at, 'required', index]
    if (!scenarios.includes(id)) return [problemAt(positions, path, unknownName('scenario', id, scenarios))]
    return required.indexOf(id) < index ? [problemAt(positions, path, text.repeated(id))] : []
  })
}
