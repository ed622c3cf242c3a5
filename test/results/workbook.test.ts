import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { workbookFile } from '../../src/results/workbook.ts'
import type { StudyResults } from '../../src/results/types.ts'
import { fixtureResults } from './fixture.ts'

const HOSTILE = '=cmd|\'/C calc\'!A0'

interface ReadCell {
  readonly formula: string | null
  readonly value: string
  readonly isText: boolean
}

/** A workbook's sheets by name, their cells by name, as the file holds them. */
function readWorkbook(bytes: Uint8Array): { readonly sheets: Map<string, Map<string, ReadCell>>; readonly parts: Record<string, string> } {
  const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]))
  const names = [...parts['xl/workbook.xml'].matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name)
  const sheets = new Map(
    names.map((name, index) => {
      const cells = [...parts[`xl/worksheets/sheet${index + 1}.xml`].matchAll(/<c r="([A-Z]+\d+)"([^>]*)>(?:<f>(.*?)<\/f>)?(?:<v>([^<]*)<\/v>|<is><t[^>]*>(.*?)<\/t><\/is>)<\/c>/gs)]
      return [name, new Map(cells.map(([, at, attributes, formula, value, text]) => [at, { formula: formula ?? null, value: value ?? text, isText: attributes.includes('inlineStr') }]))] as const
    }),
  )
  return { sheets, parts }
}

/** What a formula of ours comes to: sums of cells, ranges and other sheets' ranges, and rounded differences. */
function evaluate(sheets: Map<string, Map<string, ReadCell>>, sheet: string, formula: string): number {
  const plain = formula.replaceAll('&quot;', '"').replaceAll('&apos;', "'")
  const own = (at: string): number => {
    const cell = sheets.get(sheet)?.get(at)
    return cell === undefined ? 0 : cell.formula === null ? Number(cell.value) : evaluate(sheets, sheet, cell.formula)
  }
  const sumOf = (inside: string): number =>
    inside.split(',').reduce((total, part) => {
      const [, other, first, last = first] = /^(?:'([^']+)'!)?([A-Z]+\d+)(?::([A-Z]+\d+))?$/.exec(part) ?? []
      return total + cellsBetween(first, last).reduce((sum, at) => sum + (other === undefined ? own(at) : Number(sheets.get(other)?.get(at)?.value ?? 0)), 0)
    }, 0)
  const round = /^ROUND\((.*),2\)$/.exec(plain)
  if (round === null) return plain === '0' ? 0 : sumOf(/^SUM\((.*)\)$/.exec(plain)?.[1] ?? 'A0')
  const sum = /SUM\(([^)]*)\)/.exec(round[1])
  const [first, ...less] = round[1].replace(/-?SUM\([^)]*\)/, '').split('-')
  const value = less.reduce((total, at) => total - own(at), own(first)) - (sum === null ? 0 : sumOf(sum[1]))
  return Math.round(value * 100) / 100
}

function cellsBetween(first: string, last: string): string[] {
  const [[, column, from], [, end, to]] = [first, last].map((cell) => /^([A-Z]+)(\d+)$/.exec(cell) ?? ['', '', ''])
  if (from === to) {
    const columns: string[] = []
    for (let code = column.charCodeAt(0); code <= end.charCodeAt(0); code += 1) columns.push(`${String.fromCharCode(code)}${from}`)
    return columns
  }
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${column}${Number(from) + index}`)
}

describe('the workbook', () => {
  let results: StudyResults
  let sheets: Map<string, Map<string, ReadCell>>
  let parts: Record<string, string>
  beforeAll(async () => {
    results = fixtureResults({ specialties: 2, weeks: 130, replications: 4, hostileText: HOSTILE })
    ;({ sheets, parts } = readWorkbook(await workbookFile(results)))
  })

  it('holds contents, money, what it buys and where scenarios stand', () => {
    expect([...sheets.keys()]).toEqual([
      'Contents', 'Summary', 'Money by year', 'Accounts', 'Checks', 'Activity', 'Cost per outcome', 'Savings', 'Health forgone',
      'Trade-offs', 'Gaps', 'Health and equity', 'Every measure', 'Assumptions', 'Data dictionary',
    ])
  })

  it('links from the contents to every other sheet', () => {
    const links = [...parts['xl/worksheets/sheet1.xml'].matchAll(/<hyperlink ref="[A-Z]+\d+" location="'([^"]+)'!A1"/g)].map(([, name]) => name)
    expect(links).toEqual([...sheets.keys()].slice(1))
  })

  it('gives every formula the value that it comes to', () => {
    const all = [...sheets].flatMap(([name, cells]) => [...cells].flatMap(([at, { formula, value }]) => (formula === null ? [] : [{ at: `${name}!${at}`, name, formula, value }])))
    const wrong = all.filter(({ name, formula, value }) => !(Math.abs(evaluate(sheets, name, formula) - Number(value)) < 0.005))
    expect(wrong).toEqual([])
    expect(all.length).toBeGreaterThan(100)
  })

  it('adds up by formula to the budgets of the study, scenario by scenario', () => {
    const years = sheets.get('Money by year') ?? new Map<string, ReadCell>()
    for (const { id, budgets } of results.scenarios.filter((scenario) => scenario.budgets.length > 0)) {
      const [at] = [...years].find(([cell, { value }]) => cell.startsWith('B') && value === 'All years' && years.get(`A${cell.slice(1)}`)?.value === id) ?? ['']
      const row = at.slice(1)
      const total = (of: (line: (typeof budgets)[number]) => number): number => budgets.reduce((pence, line) => pence + of(line), 0) / 100
      expect(Number(years.get(`F${row}`)?.value)).toBeCloseTo(total(({ budgetPence }) => budgetPence), 2)
      expect(Number(years.get(`G${row}`)?.value)).toBeCloseTo(total(({ spentPence }) => spentPence), 2)
      expect(Number(years.get(`I${row}`)?.value)).toBe(0)
    }
  })

  it('names ranges that lie on its sheets', () => {
    const names = [...parts['xl/workbook.xml'].matchAll(/<definedName name="([A-Za-z_]+)">'([^']+)'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)<\/definedName>/g)]
    expect(names.map(([, name]) => name)).toEqual(expect.arrayContaining(['Money_by_year', 'Accounts_spent', 'Cost_per_outcome', 'Trade_offs', 'Gaps']))
    for (const [, , sheet, , from, , to] of names) {
      expect(sheets.has(sheet)).toBe(true)
      expect(Number(to)).toBeGreaterThanOrEqual(Number(from))
    }
    expect(parts['xl/workbook.xml'].match(/<definedName /g)).toHaveLength(names.length)
  })

  it('keeps headings of tables in view and gives them filters', () => {
    const money = parts['xl/worksheets/sheet3.xml']
    expect(money).toContain('state="frozen"')
    expect(money).toMatch(/<autoFilter ref="A1:[A-Z]+\d+"\/>/)
  })

  it('has dates and amounts as numbers, not text', () => {
    const accounts = sheets.get('Accounts') ?? new Map<string, ReadCell>()
    expect(accounts.get('I2')?.isText).toBe(false)
    const gaps = sheets.get('Gaps') ?? new Map<string, ReadCell>()
    // Day 0 of spreadsheets is 30 December 1899; 31 January 2026 is day 46053.
    expect(gaps.get('B2')?.value).toBe('46053')
  })

  it.each([HOSTILE, '+1+1', '-2+3', '@SUM(A1)', '\t=1+1', '<script>&"\''])('keeps a name such as %j as text', async (hostileText) => {
    const other = readWorkbook(await workbookFile(fixtureResults({ specialties: 1, weeks: 10, replications: 2, hostileText })))
    const texts = [...other.sheets.values()].flatMap((cells) => [...cells.values()])
    const escaped = hostileText.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    expect(texts.filter(({ value, isText }) => value === escaped && isText).length).toBeGreaterThan(1)
    expect(texts.filter(({ formula }) => formula !== null && !/^(SUM|ROUND)\(|^0$/.test(formula))).toEqual([])
  })

  it('is the same bytes for equal results', async () => {
    const again = fixtureResults({ specialties: 2, weeks: 130, replications: 4, hostileText: HOSTILE })
    expect(Buffer.compare(await workbookFile(again), await workbookFile(results))).toBe(0)
  })

  it('has no macros, and leads nowhere outside itself', () => {
    expect(Object.keys(parts).every((path) => /^(\[Content_Types\]|_rels\/|xl\/(workbook|styles|_rels|worksheets)).*(xml|rels)$/.test(path))).toBe(true)
    expect(Object.values(parts).join('')).not.toContain('TargetMode="External"')
  })
})
