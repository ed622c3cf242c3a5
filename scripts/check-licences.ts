/**
 * Says under which licences the installed packages stand, and fails where one is not on the list. Packages that are
 * shipped with Fairwait, or built into its app, are held to the shorter list.
 *
 *     node scripts/check-licences.ts
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** May be shipped: they ask for a notice at most. */
export const SHIPPED: readonly string[] = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT', 'Unlicense']
/** May be used to build and test: their terms are on changes to themselves, or on data. */
export const TOOLS: readonly string[] = [...SHIPPED, 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0']

/** An installed package. */
export interface Installed {
  readonly name: string
  readonly version: string
  /** SPDX expression; empty where the package states none. */
  readonly licence: string
  /** Whether it is installed for development alone. */
  readonly isTool: boolean
}

/** Whether an SPDX expression allows one of these: any part of an `OR`, every part of an `AND`. */
export function allows(expression: string, allowed: readonly string[]): boolean {
  const choices = expression.replaceAll(/[()]/g, '').split(/\s+OR\s+/i)
  return choices.some((choice) => choice.split(/\s+AND\s+/i).every((licence) => allowed.includes(licence.trim())))
}

/** Packages whose licence is not on their list. */
export function refused(packages: readonly Installed[]): Installed[] {
  return packages.filter(({ licence, isTool }) => !allows(licence, isTool ? TOOLS : SHIPPED))
}

/** Every package that the lock file names and that stands in `node_modules`. @param root the project's folder */
export function installedPackages(root: string): Installed[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> }
  return Object.entries(lock.packages).flatMap(([place, { dev = false }]) => {
    const own = place === '' ? null : packageAt(join(root, place))
    return own === null ? [] : [{ ...own, isTool: dev }]
  })
}

/** Null where it is for another kind of machine, and not installed. */
function packageAt(folder: string): Omit<Installed, 'isTool'> | null {
  try {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string | { type: string } }
    const licence = typeof license === 'object' ? license.type : (license ?? '')
    return { name, version, licence: licence === '' && hasLicenceFile(folder) ? 'stated in a file alone' : licence }
  } catch {
    return null
  }
}

function hasLicenceFile(folder: string): boolean {
  return readdirSync(folder).some((name) => /^licen[cs]e/i.test(name))
}

function main(): void {
  const packages = installedPackages(fileURLToPath(new URL('..', import.meta.url)))
  const counts = new Map<string, number>()
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  for (const [licence, count] of [...counts].toSorted(([, a], [, b]) => b - a)) console.log(`${String(count).padStart(5)} ${licence}`)
  const wrong = refused(packages)
  for (const { name, version, licence, isTool } of wrong) {
    console.log(`not allowed${isTool ? '' : ' in what is shipped'}: ${name} ${version}, ${licence === '' ? 'which states no licence' : licence}`)
  }
  if (wrong.length > 0 || packages.length === 0) process.exitCode = 1
}

if (import.meta.main) main()
