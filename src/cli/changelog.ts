/** What changed between two versions, from CHANGELOG.md. Pure but for {@link readChangelog}. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageFolder } from './shipped.ts'

/** A version's section. */
export interface Release {
  /** Such as `0.2.0`. */
  readonly version: string
  /** Its paragraphs and list entries, each in one line, without Markdown's marks. */
  readonly entries: readonly string[]
}

const HEADING = /^## (\d+\.\d+\.\d+)/
const LEVEL = /^\d+\.\d+\.\d+/

/** Sections of a changelog, in its order: newest first. */
export function releasesIn(changelog: string): Release[] {
  const sections = changelog.split(/^(?=## )/m)
  return sections.flatMap((section) => {
    const version = HEADING.exec(section)?.[1]
    return version === undefined ? [] : [{ version, entries: entriesIn(section.slice(section.indexOf('\n') + 1)) }]
  })
}

function entriesIn(section: string): string[] {
  return section
    .split(/\n\s*\n|\n(?=- )/)
    .map((entry) => entry.trim().replaceAll(/\s+/g, ' ').replaceAll(/\*\*|`/g, ''))
    .filter((entry) => entry !== '')
}

/** Sections of versions after one and up to another, newest first. */
export function releasesBetween(releases: readonly Release[], after: string, upTo: string): Release[] {
  return releases.filter(({ version }) => compareVersions(version, after) > 0 && compareVersions(version, upTo) <= 0)
}

/** Below 0 where the first version is the older, by the three numbers of Semantic Versioning. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => (LEVEL.exec(version)?.[0] ?? '').split('.').map(Number))
  const differs = left.findIndex((part, level) => part !== right[level])
  return differs < 0 ? 0 : left[differs] - right[differs]
}

/** Whether a text is a version that can be compared. */
export function isVersion(text: unknown): text is string {
  return typeof text === 'string' && text.length < 40 && LEVEL.test(text)
}

/** The changelog that comes with this version. @throws Error where the package was taken apart */
export async function readChangelog(): Promise<Release[]> {
  const folder = packageFolder()
  if (folder === null) throw new Error('the package folder was not found')
  return releasesIn(await readFile(join(folder, 'CHANGELOG.md'), 'utf8'))
}
