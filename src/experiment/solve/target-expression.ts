/**
 * A target asked for in a line: `within-18-weeks >= 0.92 by 2029-03-31`, or the id of one of the study's own.
 *
 *     MEASURE [of group N] [in SPECIALTY]   >= or <=   NUMBER[%]   by DATE
 *     abs(GAP)                              <=         NUMBER      by DATE     either way from no gap
 *     GAP                                   within     NUMBER      by DATE     the same, of ratios too
 */
import { InputError } from '../../errors.ts'
import { equalityOf } from '../../measures/definitions.ts'
import { unknownName } from '../../scenario/messages.ts'
import { parseStudy } from '../../scenario/parse.ts'
import { resolveStudy } from '../../scenario/resolve.ts'
import type { Study, Target } from '../../scenario/study.ts'
import type { PlainBlock } from '../sweep/factor-path.ts'
import { solveText } from './messages.ts'

const EXPRESSION =
  /^(abs\s*\(\s*)?([a-z0-9:-]+)\s*(\))?(?:\s+of\s+group\s+(\d{1,2}))?(?:\s+in\s+(\w+))?\s*(>=|<=|≥|≤|\bwithin\b)\s*(-?\d*\.?\d+)(%?)\s+by\s+(\S+)$/
/** An id; anything longer or with other signs in it was meant as an expression. */
const ID = /^[a-z0-9-]+$/
const OPTION = '--target'

/** The id that a target asked for in a line has. */
const ASKED = 'asked'

/**
 * @param file the study file as plain data
 * @throws InputError at `--target` for what cannot be read, names nothing, or lies outside the study
 */
export async function targetAsked(written: string, file: PlainBlock, study: Study): Promise<Target> {
  const asked = written.trim()
  if (ID.test(asked)) return ownTarget(asked, study)
  const target = targetFile(asked)
  try {
    const parsed = await parseStudy(JSON.stringify({ ...file, targets: [target] }), study.name)
    const [resolved] = resolveStudy(parsed.file, study.baseline, parsed.positions).targets
    return resolved
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(error.problems.map(({ path = '', message }) => ({ path: atOption(path), message })))
  }
}

function ownTarget(id: string, { targets }: Study): Target {
  const found = targets.find((target) => target.id === id)
  if (found !== undefined) return found
  const known = targets.map((target) => target.id)
  throw new InputError({ path: OPTION, message: known.length === 0 ? solveText.noTargets(id) : unknownName('target', id, known) })
}

function targetFile(asked: string): Readonly<Record<string, unknown>> {
  const match = EXPRESSION.exec(asked)
  if (match === null || (match[1] === undefined) !== (match[3] === undefined)) throw refused(solveText.unreadableTarget(asked))
  const [, abs, measure, , group, specialty, relation, number, percent, by] = match
  const isAtLeast = relation === '>=' || relation === '≥'
  const isEitherWay = abs !== undefined || relation === 'within'
  if (abs !== undefined && (isAtLeast || relation === 'within')) throw refused(solveText.absAtLeast)
  // Of a ratio, |x| is no distance from equality, which is 1.
  if (abs !== undefined && equalityOf(measure) === 1) throw refused(solveText.absOfRatio(measure))
  return {
    id: ASKED,
    measure,
    ...(group !== undefined && { group: Number(group) }),
    ...(specialty !== undefined && { specialty }),
    [isEitherWay ? 'within' : isAtLeast ? 'atLeast' : 'atMost']: percent === '%' ? Number(number) / 100 : Number(number),
    by,
  }
}

const refused = (message: string): InputError => new InputError({ path: OPTION, message })

/** `targets[0].by` → `--target by`. */
function atOption(path: string): string {
  return path.startsWith('targets[0]') ? `${OPTION} ${path.slice('targets[0]'.length).replace(/^\./, '')}`.trimEnd() : path
}
