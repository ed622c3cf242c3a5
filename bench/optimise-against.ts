/**
 * Whether a search kept its promise: `node bench/optimise-against.ts FOLDER`, a folder that `fairwait optimise --random`
 * wrote. Every scenario with money, and the best random splits, must be beaten on one objective without losing another
 * (paired differences on fresh random numbers; ties count as neither). Exit code 4 where one is not.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Front {
  readonly scenarios: readonly {
    readonly id: string
    readonly spends: boolean
    readonly beatenBy: readonly string[]
    readonly beatenOrTiedBy: readonly string[]
    readonly most: { readonly split: string; readonly differences: Readonly<Record<string, { readonly mean: number; readonly halfWidth: number }>> } | null
  }[]
  readonly random: { readonly tried: number; readonly best: number; readonly beaten: number; readonly beatenOrTied: number } | null
}

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: node bench/optimise-against.ts FOLDER')
  process.exit(2)
}
const { scenarios, random } = JSON.parse(readFileSync(join(folder, 'front.json'), 'utf8')) as Front

let kept = true
for (const { id, spends, beatenBy, beatenOrTiedBy, most } of scenarios) {
  if (!spends) continue
  const differences = Object.entries(most?.differences ?? {}).map(([name, { mean, halfWidth }]) => `${name} ${mean.toPrecision(4)} ± ${halfWidth.toPrecision(2)}`)
  console.log(`${id}: beaten by ${beatenBy.length}, with ties by ${beatenOrTiedBy.length}; ${most?.split ?? 'none'}: ${differences.join(', ')}`)
  if (beatenOrTiedBy.length === 0) kept = false
}
if (random !== null) {
  console.log(`best ${random.best} of ${random.tried} random splits: ${random.beaten} beaten, ${random.beatenOrTied} with ties`)
  if (random.beatenOrTied < random.best) kept = false
}
console.log(kept ? 'the promise is kept' : 'the promise is not kept')
if (!kept) process.exitCode = 4
