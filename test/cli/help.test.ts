import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn } from '../captured-command.ts'
import { fairwait } from './fairwait-process.ts'

let folder = ''
let commands: string[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-help-'))
  const { stdout } = await fairwait(['--help'], folder)
  commands = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name).filter((name) => name !== 'help')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('help', () => {
  it('begins with examples of the command, in every command, and fits 80 columns', async () => {
    expect(commands.length).toBeGreaterThan(12)
    for (const words of [...commands.map((name) => [name]), ['import', 'rtt']]) {
      const { code, stdout } = await commandIn([...words, '--help'], folder)
      expect(code).toBe(0)
      expect(stdout).toMatch(new RegExp(`^Examples:\n  fairwait ${words.join(' ')}[ \n][^]*^Usage: fairwait ${words.join(' ')} `, 'm'))
      expect(stdout.match(/Examples:/g)).toHaveLength(1)
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    }
  })
})

describe('a mistyped word', () => {
  it.for([
    [['slove'], 'Did you mean solve?'],
    [['reprt', 'x'], 'Did you mean report?'],
    [['import', 'rt'], 'Did you mean rtt?'],
    [['solve', 'x.yaml', '--taget', 'y'], 'Did you mean --target?'],
    [['reproduce', 'x', '--worker', '2'], 'Did you mean --workers?'],
  ] as const)('%j is answered with the nearest', async ([args, hint]) => {
    const { code, stderr } = await commandIn(args, folder)
    expect(code).toBe(2)
    expect(stderr).toContain(hint)
  })
})

describe('what a user names things', () => {
  const ESCAPES = /(?!\n)\p{Cc}/u
  it('never reaches the terminal as an escape sequence, in a message or a table', async () => {
    const study = {
      schemaVersion: 1,
      name: 'hostile',
      title: 'Title\u001B[31m\u009B2J',
      baseline: {
        name: 'x\u001B]0;y\u0007',
        groups: [
          { label: '\u001B[2J', population: 1000 },
          { label: 'b', population: 1000 },
        ],
        specialties: [{ code: 'T_001', name: '\u001B[5m', clockStartsPerWeek: [5, 5], waiting: { firstAppointment: [10], admission: [0] }, firstAppointmentsPerWeek: 10, admissionsPerWeek: 0, admittedShare: 0 }],
      },
      time: { start: '2026-04-06', weeks: 4 },
      seed: 's',
      replications: 1,
      scenarios: { a: { title: '\u001B[31mred' }, b: {} },
      targets: [{ id: 't', title: '\u001B[1mbold', measure: 'waiting', atMost: 0, by: '2026-04-19', required: true }],
    }
    writeFileSync(join(folder, 'hostile.yaml'), JSON.stringify(study))
    writeFileSync(join(folder, 'broken.yaml'), JSON.stringify({ ...study, '\u001B[31mkey\u009B': 1 }))
    for (const args of [['run', 'hostile.yaml', '--check'], ['run', 'hostile.yaml', '--json'], ['validate', 'broken.yaml'], ['run', 'no\u001B[31m\u009B.yaml'], ['ru\u001B[31mn'], ['run', '--\u001B[31mx']]) {
      const { stdout, stderr } = await commandIn(args, folder)
      expect(stdout + stderr).not.toBe('')
      expect(stdout).not.toMatch(ESCAPES)
      expect(stderr).not.toMatch(ESCAPES)
    }
  })
})
