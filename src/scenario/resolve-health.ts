/** The `health` block of a study file, resolved: defaults filled in, specialties looked up. */
import { HEALTH_WEIGHTS, STANDARD_HEALTH, weightOf, type HealthSetting, type HealthWeight } from '../measures/health/assumptions.ts'
import { text, unknownName } from './messages.ts'
import type { NumberReader } from './number-reader.ts'
import type { HealthFile } from './schema-health.ts'
import type { StudyFrame } from './study-frame.ts'

/** Stands for every specialty without a weight of its own. */
const DEFAULT = 'default'

/** The setting in force; problems go to `reader`. */
export function resolveHealth(file: HealthFile | undefined, frame: StudyFrame, reader: NumberReader): HealthSetting {
  const written = file ?? {}
  const { weights, set } = resolveWeights(written.qalysPerWeek ?? {}, frame, reader)
  const gradient = written.deprivationGradient
  if (gradient !== undefined && gradient.length !== frame.groups) {
    reader.report(['health', 'deprivationGradient'], text.perGroupLength(frame.groups, gradient.length))
  }
  const others = ['deprivationGradient', 'weeksInNeedAfterLeaving', 'qalysPerDeath', 'qalysPerEmergency', 'poundsPerQaly', 'discountRates'] as const
  return {
    weights,
    deprivationGradient: gradient ?? STANDARD_HEALTH.deprivationGradient,
    weeksInNeedAfterLeaving: written.weeksInNeedAfterLeaving ?? STANDARD_HEALTH.weeksInNeedAfterLeaving,
    qalysPerDeath: written.qalysPerDeath ?? STANDARD_HEALTH.qalysPerDeath,
    qalysPerEmergency: written.qalysPerEmergency ?? STANDARD_HEALTH.qalysPerEmergency,
    poundsPerQaly: resolvePrice(written.poundsPerQaly, reader),
    discountRates: {
      health: written.discountRates?.health ?? STANDARD_HEALTH.discountRates.health,
      money: written.discountRates?.money ?? STANDARD_HEALTH.discountRates.money,
    },
    set: [...set, ...others.filter((key) => written[key] !== undefined)].map((key) => `health.${key}`),
  }
}

interface Weights {
  readonly weights: HealthSetting['weights']
  readonly set: readonly string[]
}

/** A specialty that a file names leaves the weight that it shared with others by default. */
function resolveWeights(written: NonNullable<HealthFile['qalysPerWeek']>, frame: StudyFrame, reader: NumberReader): Weights {
  const named = Object.keys(written).filter((code) => code !== DEFAULT)
  for (const code of named) {
    if (!frame.specialtyCodes.includes(code)) {
      reader.report(['health', 'qalysPerWeek', code], unknownName('specialty', code, [DEFAULT, ...frame.specialtyCodes]), 'key')
    }
  }
  const plain = ({ id, specialties, firstAppointment, admission, relativeSd }: HealthWeight): HealthWeight => ({
    id,
    specialties: specialties.filter((code) => !named.includes(code)),
    firstAppointment,
    admission,
    relativeSd,
  })
  const [standard, ...grouped] = HEALTH_WEIGHTS
  const other = changed(plain(standard), written[DEFAULT])
  const kept = grouped.map(plain).filter(({ specialties }) => specialties.length > 0)
  const own = named.map((code): HealthWeight => {
    const usual = weightOf(STANDARD_HEALTH, code)
    return { ...changed(usual === standard ? other : usual, written[code]), id: code, specialties: [code] }
  })
  const ids = [...(written[DEFAULT] === undefined ? [] : [standard.id]), ...named]
  return { weights: [other, ...kept, ...own], set: ids.map((id) => `qalysPerWeek.${id}`) }
}

type WeightFile = NonNullable<HealthFile['qalysPerWeek']>[string]

function changed({ id, specialties, ...usual }: HealthWeight, written: WeightFile | undefined): HealthWeight {
  return {
    id,
    specialties,
    firstAppointment: written?.firstAppointment ?? usual.firstAppointment,
    admission: written?.admission ?? usual.admission,
    relativeSd: written?.relativeSd ?? usual.relativeSd,
  }
}

function resolvePrice(written: HealthFile['poundsPerQaly'], reader: NumberReader): HealthSetting['poundsPerQaly'] {
  if (written === undefined) return STANDARD_HEALTH.poundsPerQaly
  if (typeof written === 'number') return { low: written, high: written }
  if (written.low > written.high) reader.report(['health', 'poundsPerQaly'], text.priceOrder(written.low, written.high))
  return written
}
