/** Two specialties of NHS Cheshire and Merseyside from the shipped pack, for tests of gradients. */
import { readFileSync } from 'node:fs'
import type { BaselinePack } from '../../../src/baseline/types.ts'
import type { PackBaseline } from '../../../src/scenario/baselines.ts'

/** A shipped pack, whole. */
export function shippedPack(code: string): PackBaseline {
  const path = `scenarios/baselines/${code}-2026-01.json`
  const pack = JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')) as BaselinePack
  return { kind: 'pack', path, sha256: '', pack }
}

/** Orthopaedics and ophthalmology alone. */
export function twoSpecialties(): PackBaseline {
  const whole = shippedPack('QYG')
  return { ...whole, pack: { ...whole.pack, specialties: whole.pack.specialties.filter(({ code }) => code === 'C_110' || code === 'C_130') } }
}
