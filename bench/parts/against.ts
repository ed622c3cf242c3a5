/** This checkout beside another commit of it, run in turns by the same program. */
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchMessages, say } from '../messages.ts'
import { run } from '../process.ts'
import type { TaskAnswer } from '../children/run-tasks.ts'
import type { AgainstRecord } from '../record.ts'
import { timingOf } from '../statistics.ts'
import { ICB, runSystem } from './sizes.ts'

/**
 * @param ref anything that git can check out
 * @throws Error where git knows no such commit
 */
export async function benchAgainst(root: string, ref: string): Promise<AgainstRecord> {
  const folder = join(await mkdtemp(join(tmpdir(), 'fairwait-bench-')), 'checkout')
  await run({ program: 'git', args: ['-C', root, 'worktree', 'add', '--quiet', '--detach', folder, ref] })
  try {
    await symlink(`${root}/node_modules`, `${folder}/node_modules`)
    return await compare(root, folder, ref)
  } finally {
    await run({ program: 'git', args: ['-C', root, 'worktree', 'remove', '--force', folder] })
    await rm(join(folder, '..'), { recursive: true, force: true })
  }
}

async function compare(root: string, folder: string, ref: string): Promise<AgainstRecord> {
  say(benchMessages.running(`this checkout and ${ref}`))
  const sizes = [1, 0.1].map((size) => ({ size, here: [] as TaskAnswer[], there: [] as TaskAnswer[] }))
  for (let round = 0; round < ICB.rounds; round++) {
    for (const { size, here, there } of sizes) {
      here.push(...(await runSystem(root, ICB, size)))
      there.push(...(await runSystem(folder, ICB, size)))
    }
  }
  const results = ({ here, there }: (typeof sizes)[number]) => new Set([...here, ...there].map(({ sha256 }) => sha256))
  return {
    ref,
    sameResults: sizes.every((size) => results(size).size === 1),
    rows: sizes.map(({ size, here, there }) => ({
      name: size === 1 ? ICB.name : `a tenth of ${ICB.name}`,
      here: perPathway(here),
      there: perPathway(there),
    })),
  }
}

function perPathway(answers: readonly TaskAnswer[]) {
  return timingOf(answers.map(({ nanoseconds, pathways }) => nanoseconds / pathways))
}
