/** The model of the peers as Fairwait's tables. */
import type { ServiceTables } from '../../src/model/tables.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import { tablesOf } from '../../test/model/tables-fixture.ts'
import { STRATA, type PeerModel } from './model.ts'

/** Strata of the tables are those of the model; levels are classes by head starts longer than any wait. */
export function peerTables(model: PeerModel): ServiceTables {
  const inTurnShare = model.order === 'in-turn' ? 1 : 0
  const tables = tablesOf({
    steps: model.steps,
    strata: STRATA,
    clockStarts: (_, stratum) => model.clockStarts[stratum],
    waitingFirst: model.waitingFirst,
    waitingAdmission: model.waitingAdmission,
    firstSlots: { open: () => model.firstSlots, inTurnShare },
    admissionSlots: { open: () => model.admissionSlots, inTurnShare },
    chanceWeight: (week) => model.chanceWeight[week],
    headStart: (_, stratum) => model.headStartWeeks[stratum],
    dnaRate: (_, stratum) => model.dnaRate[stratum],
    hazards: Object.fromEntries(
      EXIT_CAUSES.map((cause, index) => [cause, (stratum: number, week: number) => model.hazards[index][stratum][week]]),
    ),
  })
  return { ...tables, admittedShare: Float64Array.from(model.admittedShare) }
}
