/** The model of the peers as Fairwait's tables. */
import type { Key } from '../../src/model/identity.ts'
import type { ServiceTables } from '../../src/model/tables.ts'
import { EXIT_CAUSES } from '../../src/scenario/study.ts'
import { tablesOf } from '../../test/model/tables-fixture.ts'
import { PRIORITIES, STRATA, type PeerModel } from './model.ts'

/** Strata of the tables are those of the model; levels are classes by head starts longer than any wait. */
export function peerTables(model: PeerModel): ServiceTables {
  const inTurnShare = model.order === 'in-turn' ? 1 : 0
  return tablesOf({
    steps: model.steps,
    strata: STRATA,
    levels: PRIORITIES,
    clockStarts: (_, stratum) => model.clockStarts[stratum],
    waitingFirst: model.waitingFirst,
    waitingAdmission: model.waitingAdmission,
    firstSlots: { open: () => model.firstSlots, inTurnShare },
    admissionSlots: { open: () => model.admissionSlots, inTurnShare },
    chanceWeight: (week) => model.chanceWeight[week],
    headStart: (_, stratum) => model.headStartWeeks[stratum],
    dnaRate: (_, stratum) => model.dnaRate[stratum],
    admittedShare: model.admittedShare,
    hazards: Object.fromEntries(
      EXIT_CAUSES.map((cause, index) => [
        cause,
        (stratum: number, week: number) => model.hazards[index][stratum][week],
      ]),
    ),
  })
}

/** The keys of the strata, which all belong to one system. */
export function peerKeys(key: Key): Int32Array {
  return Int32Array.from({ length: 2 * STRATA }, (_, index) => key[index % 2])
}
