/** What happens to a system in named weeks, resolved: weeks laid out, effects that a kind leaves out filled in. */
import { assumptionEntry } from './assumptions.ts'
import { text } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { DocumentPath } from './positions.ts'
import { RANGES } from './ranges.ts'
import type { ShockFile } from './schema-shocks.ts'
import { shockWeeks } from './shock-weeks.ts'
import type { StudyFrame } from './study-frame.ts'
import type { NumberSpec, Shock } from './study.ts'

/** Weeks over which lost slots are recovered, and lost referrals return, where the file does not say. */
const RECOVERY_WEEKS = 13
const RETURN_WEEKS = 26

/** Effects by deprivation group. */
type GroupEffect = 'referralLoss' | 'referralReturn' | 'dnaOdds' | 'emergencyFactor' | 'deathFactor' | 'chanceWeight'

/** Value and range of each where the kind of shock does not say otherwise. */
const GROUP_EFFECTS: Readonly<Record<GroupEffect, { readonly neutral: number; readonly range: readonly [number, number] }>> = {
  referralLoss: { neutral: 0, range: RANGES.share },
  referralReturn: { neutral: 0, range: RANGES.share },
  dnaOdds: { neutral: 1, range: RANGES.factor },
  emergencyFactor: { neutral: 1, range: RANGES.factor },
  deathFactor: { neutral: 1, range: RANGES.factor },
  chanceWeight: { neutral: 1, range: RANGES.chanceWeight },
}

/** Every effect that some kind may have; a kind's own schema refuses the others. */
type Effects = Readonly<Partial<Record<GroupEffect, Parameters<NumberReader['perGroup']>[0]>>> & {
  readonly recovered?: NumberSpec | undefined
  readonly recoveryWeeks?: number | undefined
  readonly returnWeeks?: number | undefined
}

/** Resolves a shock; problems go to `reader`. */
export function resolveShock(shock: ShockFile, path: DocumentPath, frame: StudyFrame, reader: NumberReader): Shock {
  const effects: Effects = shock
  if (effects.recoveryWeeks !== undefined && effects.recovered === undefined) {
    reader.report([...path, 'recoveryWeeks'], text.recoversNothing, 'key')
  }
  reader.names('system', shock.systems ?? [], frame.systemCodes, [...path, 'systems'])
  const byGroup = (effect: GroupEffect): NumberSpec[] => {
    const { neutral, range } = GROUP_EFFECTS[effect]
    const usual = kindDefault(shock.kind, effect) ?? neutral
    return reader.perGroup(effects[effect], [...path, effect], range, Array.from({ length: frame.groups }, () => usual))
  }
  return {
    kind: shock.kind,
    weeks: shockWeeks(shock, path, frame, reader),
    capacityLoss: resolveLoss(shock, path, reader),
    recovered: reader.read(effects.recovered ?? 0, [...path, 'recovered'], RANGES.share),
    recoveryWeeks: effects.recoveryWeeks ?? RECOVERY_WEEKS,
    referralLoss: byGroup('referralLoss'),
    referralReturn: byGroup('referralReturn'),
    returnWeeks: effects.returnWeeks ?? RETURN_WEEKS,
    dnaOdds: byGroup('dnaOdds'),
    emergencyFactor: byGroup('emergencyFactor'),
    deathFactor: byGroup('deathFactor'),
    chanceWeight: byGroup('chanceWeight'),
    systems: shock.systems ?? [],
  }
}

/** What the registry says of a kind of shock; null where it says nothing. */
function kindDefault(kind: Shock['kind'], effect: string): number | null {
  if (kind !== 'pandemic' || !['capacityLoss', 'referralLoss', 'referralReturn'].includes(effect)) return null
  return Number(assumptionEntry(`shock.${kind}.${effect}`).value)
}

function resolveLoss(shock: ShockFile, path: DocumentPath, reader: NumberReader): NumberSpec {
  if (shock.kind === 'funding-change') {
    const at = [...path, 'capacityChange']
    const change = reader.read(shock.capacityChange, at, RANGES.capacityChange)
    const loss = negated(change)
    if (loss === null) reader.report(at, text.negatable(typeof change === 'object' && 'dist' in change ? change.dist : ''))
    return loss ?? 0
  }
  if (shock.kind === 'winter' && !hasEffect(shock)) reader.report(path, text.noEffect)
  const spec = shock.capacityLoss ?? kindDefault(shock.kind, 'capacityLoss') ?? 0
  return reader.read(spec, [...path, 'capacityLoss'], RANGES.capacityLoss)
}

function hasEffect(shock: Extract<ShockFile, { kind: 'winter' }>): boolean {
  const { capacityLoss, dnaOdds, emergencyFactor, deathFactor, chanceWeight } = shock
  return [capacityLoss, dnaOdds, emergencyFactor, deathFactor, chanceWeight].some((effect) => effect !== undefined)
}

/** The number with its sign turned; null for a distribution that has only one side. */
function negated(spec: NumberSpec): NumberSpec | null {
  if (typeof spec === 'number') return 0 - spec
  if ('formula' in spec) return { formula: `-(${spec.formula})`, program: [...spec.program, 'unaryMinus'] }
  switch (spec.dist) {
    case 'normal':
      return { ...spec, mean: -spec.mean }
    case 'uniform':
      return { ...spec, min: -spec.max, max: -spec.min }
    case 'triangular':
    case 'pert':
      return { ...spec, min: -spec.max, mode: -spec.mode, max: -spec.min }
    case 'quantiles':
      return {
        ...spec,
        probabilities: spec.probabilities.map((probability) => 1 - probability).toReversed(),
        values: spec.values.map((value) => -value).toReversed(),
      }
    default:
      return null
  }
}
