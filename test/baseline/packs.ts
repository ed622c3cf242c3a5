/** Packs and assumptions for specs. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BANDS, type BaselinePack, type PackSpecialty } from '../../src/baseline/types.ts'
import { validatePack } from '../../src/baseline/validate-pack.ts'
import { fitTitles } from '../../src/cli/calibrate-messages.ts'
import { ASSUMPTIONS } from '../../src/scenario/assumptions.ts'
import type { Assumptions } from '../../src/scenario/study.ts'

/** A pack that ships, e.g. `QYG`. */
export function shippedPack(code: string): BaselinePack {
  const file = fileURLToPath(new URL(`../../scenarios/baselines/${code}-2026-01.json`, import.meta.url))
  return validatePack(JSON.parse(readFileSync(file, 'utf8')), file)
}

/** A pack as the import makes it, before it is fitted to month-ends. */
function withoutFit(pack: BaselinePack): BaselinePack {
  return {
    ...pack,
    specialties: pack.specialties.map((entry) => {
      const { fitted, ...imported } = entry
      return fitted === undefined ? entry : imported
    }),
    provenance: { ...pack.provenance, sources: pack.provenance.sources.filter(({ title }) => !fitTitles.includes(title)) },
  }
}

/** A pack that ships, without its fit: what one month says by itself. */
export function importedPack(code: string): BaselinePack {
  return withoutFit(shippedPack(code))
}

/** The registry's values, as a study without draws takes them. */
export function defaultAssumptions(): Assumptions<number> {
  return Object.fromEntries(ASSUMPTIONS.map((entry) => [entry.id, entry.value])) as unknown as Assumptions<number>
}

const NONE = { waiting: 0, withDecision: 0, admitted: 0, nonAdmitted: 0 }

/** A specialty with nothing in it but what is given. */
export function specialty(given: Partial<PackSpecialty>): PackSpecialty {
  return {
    code: 'C_110',
    name: 'Trauma and Orthopaedic',
    waitingWithoutDecision: [],
    waitingWithDecision: [],
    admittedStops: [],
    nonAdmittedStops: [],
    clockStarts: 0,
    unknownClockStart: NONE,
    ...given,
  }
}

/** Cheshire and Merseyside with other specialties. */
export function packOf(specialties: readonly PackSpecialty[], changes: Partial<BaselinePack> = {}): BaselinePack {
  return { ...shippedPack('QYG'), specialties, ...changes }
}

/** A list by whole weeks waited with its trailing zeros. */
export function full(bands: readonly number[]): number[] {
  return Array.from({ length: BANDS }, (_, band) => bands[band] ?? 0)
}
