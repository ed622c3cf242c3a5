/** The licences of other people's code that is built into the app, which their terms ask to be passed on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the app builds in beside the package's own dependencies. */
const BUILT_IN = ['nhsuk-frontend']
const NO_TEXT = 'The package states its licence by name alone.'

interface PackageFile {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/**
 * Name, version, licence and its text, of every package that the app may hold code of, by name.
 * @param root the project's folder, with `node_modules`
 */
export function licenceNotices(root: string): string {
  const { dependencies = {} } = readPackage(root)
  const found = new Map<string, string>()
  const waiting = [...Object.keys(dependencies), ...BUILT_IN]
  for (const name of waiting) {
    const folder = join(root, 'node_modules', name)
    if (found.has(name) || !existsSync(folder)) continue
    const own = readPackage(folder)
    found.set(name, `${name} ${own.version} (${own.license ?? 'no licence named'})\n\n${licenceText(folder)}`)
    waiting.push(...Object.keys(own.dependencies ?? {}))
  }
  const texts = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
  return `The app of Fairwait holds code of these packages, under their own licences.\n\n${texts.join(`\n\n${'='.repeat(80)}\n\n`)}\n`
}

function readPackage(folder: string): PackageFile {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile
}

function licenceText(folder: string): string {
  const name = readdirSync(folder).find((each) => /^(?:licen[cs]e|copying)/i.test(each))
  return name === undefined ? NO_TEXT : readFileSync(join(folder, name), 'utf8').trim()
}
