/**
 * How fast Fairwait is: `npm run bench [-- OPTIONS]`, see `usage` in messages.ts.
 *
 *     measure the parts asked for → bench/results.json → tables of docs/performance.md and docs/scale.md
 *
 * Parts that were not asked for keep what was last found, with its own date and commit.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchMessages, say } from './messages.ts'
import { performancePage } from './page.ts'
import { benchAgainst } from './parts/against.ts'
import { benchAllocation } from './parts/allocation.ts'
import { benchPeers } from './parts/peers.ts'
import { benchProfile } from './parts/profile.ts'
import { benchSizes, ENGLAND, ICB, MECHANISMS } from './parts/sizes.ts'
import { benchSweeps } from './parts/sweeps.ts'
import { benchThreads } from './parts/threads.ts'
import { circumstances, readRecord, writeWhole, type BenchRecord } from './record.ts'
import { scalePage } from './scale-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const recordPath = `${root}/bench/results.json`
const pagePath = `${root}/docs/performance.md`
const scalePath = `${root}/docs/scale.md`

const flag = { type: 'boolean', default: false } as const
const { values: asked } = parseArgs({
  options: {
    help: flag, peers: flag, icb: flag, threads: flag, allocation: flag, profile: flag, england: flag, mechanisms: flag, sweeps: flag,
    against: { type: 'string' },
  },
})
if (asked.help) console.log(benchMessages.usage)
else await bench()

async function bench(): Promise<void> {
  const { help: _, against, ...flags } = asked
  const all = against === undefined && !Object.values(flags).includes(true)
  const measures: { readonly [Part in keyof BenchRecord]-?: (() => Promise<object>) | false } = {
    peers: (all || flags.peers) && (() => benchPeers({ rounds: 2, checks: 24 })),
    icb: (all || flags.icb) && (() => benchSizes(root, ICB)),
    threads: (all || flags.threads) && (() => benchThreads(root)),
    allocation: (all || flags.allocation) && benchAllocation,
    profile: flags.profile && (() => benchProfile(root)),
    england: flags.england && (() => benchSizes(root, ENGLAND)),
    mechanisms: flags.mechanisms && (() => benchSizes(root, MECHANISMS)),
    sweeps: flags.sweeps && benchSweeps,
    against: against !== undefined && (() => benchAgainst(root, against)),
  }
  for (const [part, measure] of Object.entries(measures)) {
    if (measure === false) continue
    const when = await circumstances(root)
    await keep({ [part]: { ...(await measure()), circumstances: when } })
  }
  say(benchMessages.written(['bench/results.json', 'docs/performance.md', 'docs/scale.md']))
}

/** Kept part by part, so that a failure later loses nothing. */
async function keep(found: BenchRecord): Promise<void> {
  const record = { ...(await readRecord(recordPath)), ...found }
  await writeWhole(recordPath, `${JSON.stringify(record, null, 2)}\n`)
  await writeWhole(pagePath, performancePage(await readFile(pagePath, 'utf8'), record))
  await writeWhole(scalePath, scalePage(await readFile(scalePath, 'utf8'), record))
}
