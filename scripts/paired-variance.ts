/**
 * Records in docs/verification.md how much less differences of paired runs vary than those of unrelated ones, measure by
 * measure, on the shipped study:
 *
 *     node scripts/paired-variance.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pairedRatios, WEEKS } from '../test/verification/paired-runs.ts'

const PAGE = fileURLToPath(new URL('../docs/verification.md', import.meta.url))
const BEGIN = '<!-- paired -->'
const END = '<!-- /paired -->'
const REPLICATIONS = 24
const SPECIALTIES = { C_110: 'trauma and orthopaedics', C_130: 'ophthalmology', C_100: 'general surgery' } as const

/** Two digits, which is more than is known. */
const rounded = (value: number): string => String(Number(value.toPrecision(2)))

const ratios = await pairedRatios(Object.keys(SPECIALTIES), REPLICATIONS)
const measures = [...(ratios.get('C_110') ?? new Map<string, number>()).keys()]
const table = [
  `No investment against capacity per head, ${WEEKS} weeks, ${REPLICATIONS} replications; variance of the difference of unrelated runs ÷ that of paired ones.`,
  '',
  `| measure | ${Object.values(SPECIALTIES).join(' | ')} |`,
  `|---|${Object.values(SPECIALTIES).map(() => '---|').join('')}`,
  ...measures.map((name) => `| ${name} | ${Object.keys(SPECIALTIES).map((code) => rounded(ratios.get(code)?.get(name) ?? NaN)).join(' | ')} |`),
].join('\n')
const page = readFileSync(PAGE, 'utf8')
const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
if (from < 0 || to < 0) throw new Error(`docs/verification.md has no place between ${BEGIN} and ${END}`)
writeFileSync(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${table}\n\n${page.slice(to)}`)
console.error(table)
