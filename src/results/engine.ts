/** Which Fairwait made a set of results. */
import { readFile } from 'node:fs/promises'

/** Name and version of this engine. */
export interface Engine {
  readonly name: string
  readonly version: string
}

/** Read from the nearest package.json above this module: two folders up in a checkout, three in a built package. */
export async function readEngine(): Promise<Engine> {
  for (const path of ['../../package.json', '../../../package.json']) {
    const text = await readFile(new URL(path, import.meta.url), 'utf8').catch(() => null)
    if (text === null) continue
    const { name, version } = JSON.parse(text) as Engine
    if (name === 'fairwait') return { name, version }
  }
  throw new Error('package.json of fairwait was not found beside its modules')
}
