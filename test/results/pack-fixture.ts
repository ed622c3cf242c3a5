/** A made-up baseline pack: one list, the same in each specialty. */
import type { BaselinePack } from '../../src/baseline/types.ts'

/** @param codes of its specialties */
export function fixturePack(codes: readonly string[]): BaselinePack {
  return {
    format: 'fairwait-baseline',
    version: 1,
    system: { code: 'QYG', name: 'NHS Cheshire and Merseyside', region: 'North West' },
    months: ['2026-01'],
    days: 31,
    workingDays: 21,
    unreportedRemovalShare: null,
    specialties: codes.map((code) => ({
      code,
      name: `Specialty ${code}`,
      waitingWithoutDecision: [10],
      waitingWithDecision: [5],
      admittedStops: [1],
      nonAdmittedStops: [2],
      clockStarts: 100,
      unknownClockStart: { waiting: 0, withDecision: 0, admitted: 0, nonAdmitted: 0 },
    })),
    deprivation: {
      population: [800_000, 450_000, 430_000, 430_000, 440_000],
      ageBands: ['0+'],
      populationByAge: [[800_000], [450_000], [430_000], [430_000], [440_000]],
      listShare: [0.3, 0.18, 0.175, 0.17, 0.175],
      startShare: [0.3, 0.18, 0.175, 0.17, 0.175],
      tilt18to51: 0.1,
      tilt52plus: 0.2,
    },
    provenance: {
      licence: 'Contains public sector information licensed under the Open Government Licence v3.0',
      sources: [
        {
          title: 'RTT full CSV, January 2026',
          publisher: 'NHS England',
          file: 'rtt-2026-01.csv',
          sha256: 'ab'.repeat(32),
        },
      ],
      modelled: ['The split of each list by deprivation quintile is modelled.'],
    },
  }
}
