/** Assumptions of slots: who holds them, and in which order they are given. */
import { fittedFor, fittedInterval } from '../../baseline/gradients/fitted.ts'
import { ASSUMED_SHARES, PUBLISHED } from '../../baseline/gradients/published.ts'
import { ASSUMED, FITTED, forAll, UNIT_RANGE } from './entry.ts'
import type { StudyEntries } from './entry.ts'

type Keys =
  | 'capacityFactor'
  | 'inTurnShareFirst'
  | 'inTurnShareAdmission'
  | 'independentSectorShareFirst'
  | 'independentSectorShareAdmission'
  | 'independentSectorAccess'
  | 'independentSectorSuitable'
  | 'hubShareAdmission'
  | 'hubAccess'
  | 'hubSuitable'

/** In the order in which they are listed. */
export const SLOT_ENTRIES: StudyEntries<Keys> = {
  capacityFactor: {
    label: "Slots of both stages, relative to today's",
    value: 1,
    unit: 'ratio',
    range: [0, 10],
    source: ASSUMED,
    confidence: 'A',
    note: '1 carries today on. No money is counted for it.',
    timeVarying: true,
    inlineValue: 1,
  },
  inTurnShareFirst: {
    label: 'First appointments given strictly in turn',
    value: 0,
    unit: 'share of slots',
    range: [0, 1],
    source: 'derived: the chance of being next by weeks waited comes from the published stops and list',
    confidence: 'D',
    note: 'The weights already hold the order in which the list was served; a share in turn would count it twice. '
      + 'With an inline baseline it is 1: first come, first served.',
    timeVarying: true,
    inlineValue: 1,
  },
  inTurnShareAdmission: {
    label: 'Admissions given strictly in turn',
    value: 0,
    unit: 'share of slots',
    range: [0, 1],
    source: 'derived: the chance of being next by weeks waited comes from the published stops and list',
    confidence: 'D',
    note: 'As for first appointments.',
    timeVarying: true,
    inlineValue: 1,
  },
  independentSectorShareFirst: {
    label: 'First appointments that the independent sector holds',
    value: fittedFor('independentSectorShareFirst', ASSUMED_SHARES.independentSectorShareFirst),
    unit: 'share of slots',
    range: [0, 1],
    source: `assumption of 10%, ${FITTED}`,
    confidence: 'A',
    interval: fittedInterval('sector-first'),
    note: 'No share by stage was found, and the gaps leave it wide. Boards have the value of their region. These slots '
      + 'are given by the access below, and strikes do not close them.',
    timeVarying: true,
    inlineValue: 0,
  },
  independentSectorShareAdmission: {
    label: 'Admissions that the independent sector holds',
    value: fittedFor('independentSectorShareAdmission', ASSUMED_SHARES.independentSectorShareAdmission),
    unit: 'share of slots',
    range: [0, 1],
    source: 'assumption, below orthopaedics (31% in 2022, same file) because it leads',
    interval: fittedInterval('sector-admission'),
    confidence: 'A',
    note: 'One value for all specialties; the published gaps say little of it. With the share of first appointments it '
      + 'is the main reason in the model why the most deprived wait longer.',
    timeVarying: true,
    inlineValue: 0,
  },
  independentSectorAccess: {
    label: 'Relative access to independent-sector slots',
    value: fittedFor('independentSectorAccess', PUBLISHED.independentSectorAccess),
    unit: 'relative chance',
    range: [0, 100],
    source: 'Orthopaedic and ophthalmic admissions by IMD quintile, England: independent-sector share of '
      + `NHS-funded orthopaedics 2022, 24.3/28.5/30.5/34.3/36.3%, and of ophthalmology; ${FITTED}`,
    confidence: 'D',
    note: "A power of the odds of orthopaedics' shares over their mean (0.713/0.886/0.975/1.16/1.266), since "
      + "ophthalmology's gradient is a third of that; one power for all specialties. Boards have that of their region.",
    timeVarying: true,
    inlineValue: 1,
  },
  independentSectorSuitable: {
    label: 'People whom the independent sector accepts, the least frail first',
    value: forAll(1),
    unit: 'share of people',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: '1: no case-mix limit, since none was found by group; the access above holds what there is.',
    timeVarying: false,
    inlineValue: 1,
  },
  hubShareAdmission: {
    label: 'Admissions in surgical hubs',
    value: 0,
    unit: 'share of slots',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: 'Off: no share of all admissions was found. Shocks to the rest do not reach these slots.',
    timeVarying: true,
    inlineValue: 0,
  },
  hubAccess: {
    label: 'Relative access to slots in surgical hubs',
    value: forAll(1),
    unit: 'relative chance',
    range: [0, 100],
    source: ASSUMED,
    confidence: 'A',
    note: '1 makes no difference.',
    timeVarying: true,
    inlineValue: 1,
  },
  hubSuitable: {
    label: 'People whom surgical hubs accept, the least frail first',
    value: forAll(1),
    unit: 'share of people',
    range: UNIT_RANGE,
    source: ASSUMED,
    confidence: 'A',
    note: '1: no case-mix limit.',
    timeVarying: false,
    inlineValue: 1,
  },
}
