/** What a soak does with commands in one round: every kind of work that they do, small, and each round the same. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveApp } from '../src/cli/app-server.ts'
import { command } from '../test/captured-command.ts'
import { AHEAD_WITH_CAPACITY, twoGroupStudy } from '../test/two-group-study.ts'

const STUDY = twoGroupStudy({ name: 'soak', scale: 10, weeks: 26, replications: 4, rest: AHEAD_WITH_CAPACITY })
const DESIGN = `schemaVersion: 1
name: soak-sweep
study: study.yaml
method: latin-hypercube
runs: 8
measures: [waiting, within-18-weeks]
factors:
  - { path: "baseline.specialties[0].firstAppointmentsPerWeek", range: [100, 120] }
`

/** One round of commands, in a folder that is empty before and after. @throws Error where one ends as it should not */
export async function roundOfCommands(folder: string): Promise<void> {
  const at = (name: string): string => join(folder, name)
  writeFileSync(at('study.yaml'), STUDY)
  writeFileSync(at('design.yaml'), DESIGN)
  writeFileSync(at('wrong.yaml'), STUDY.replace('weeks: 26', 'weeks: many'))
  const quick = ['--workers', '2', '--quiet']
  await commandEndsWith(0, ['run', at('study.yaml'), '--out', at('results'), ...quick])
  await commandEndsWith(0, ['sweep', at('design.yaml'), '--out', at('swept'), ...quick])
  await commandEndsWith(0, ['report', at('results')])
  await commandEndsWith(0, ['reproduce', at('results'), ...quick])
  await commandEndsWith(0, ['validate', at('study.yaml')])
  await commandEndsWith(3, ['validate', at('wrong.yaml')])
  await commandEndsWith(0, ['solve', at('study.yaml'), '--vary', 'scenarios.ahead.invest[0].budget.perYear', '--between', '0', '2000000', '--target', 'waiting <= 800 by 2026-09-30', '--probability', '0.5', '--replications-cap', '8', '--out', at('solved'), ...quick])
  await commandEndsWith(0, ['sensitivity', at('study.yaml'), '--method', 'tornado', '--on', 'scenarios.ahead.invest[0].allocate.theta=0.5:2', '--scenario', 'ahead', '--out', at('sensitive'), ...quick])
  await commandEndsWith(0, ['optimise', at('study.yaml'), '--population', '4', '--generations', '2', '--fresh', '2', '--out', at('best'), ...quick])
  await commandEndsWith(0, ['decompose', at('study.yaml'), '--scenario', 'ahead', '--replications', '2', '--weeks', '13', '--out', at('why'), ...quick])
  await useServer(at('results'))
  for (const name of readdirSync(folder)) rmSync(at(name), { recursive: true })
}

async function commandEndsWith(expected: number, args: readonly string[]): Promise<void> {
  const { code, text } = await command(args)
  if (code !== expected) throw new Error(`"${args[0]}" ended with ${code}, not ${expected}:\n${text}`)
}

/** What a browser asks of the app's server, and some that no browser would. */
async function useServer(folder: string): Promise<void> {
  writeFileSync(join(folder, 'index.html'), '<p>page</p>')
  const server = await serveApp(folder, 0)
  try {
    for (let asked = 0; asked < 20; asked += 1) {
      for (const path of ['/', '/summary.json', '/report.html', '/nothing', '/..%2f..%2fetc/passwd']) await (await fetch(new URL(path, server.url))).arrayBuffer()
    }
  } finally {
    await server.close()
  }
}
