import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readGroupTable, type FileReading } from '../../../src/cli/indices-file.ts'
import { fairwait } from '../../cli/fairwait-process.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairwait-indices-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string | Uint8Array): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const FIVE = `group,population,value,lower_cl,upper_cl
1,7291,75.9,72.7,79.1
2,7997,78.3,75.3,81.4
3,6105,83.8,80.9,86.8
4,7666,83.6,80.2,87.1
5,5790,80.5,77.1,83.8
`

/** As the documentation names them. */
const NAMED = `slopeIndex relativeIndex intercept slopeIndexLower slopeIndexUpper relativeIndexLower relativeIndexUpper
  difference ratio absoluteConcentrationIndex relativeConcentrationIndex erreygers wagstaff betweenGroupVariance
  betweenGroupStandardDeviation coefficientOfVariation theil meanLogDeviation indexOfDisparity
  indexOfDisparityWeighted meanDifferenceFromBest meanDifferenceFromBestWeighted meanDifferenceFromMean
  meanDifferenceFromMeanWeighted meanDifferenceFromReference meanDifferenceFromReferenceWeighted
  populationAttributableRisk populationAttributableFraction atkinson kolm`.split(/\s+/u)

describe('fairwait indices', () => {
  it('prints one JSON object with every index, the same each time', async () => {
    write('five.csv', FIVE)
    const args = ['indices', 'five.csv', '--json', '--repetitions', '2000', '--reference', '2']
    const [first, second] = await Promise.all([fairwait(args, folder), fairwait(args, folder)])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(second.stdout).toBe(first.stdout)
    const object = JSON.parse(first.stdout) as Record<string, unknown>
    expect(NAMED.filter((key) => !(key in object))).toEqual([])
    expect(object).toMatchObject({ schemaVersion: 1, reference: '2', best: '3', erreygers: null, repetitions: 2000 })
    expect(object['undefined']).toMatchObject({ erreygers: 'is for proportions' })
    expect(object['slopeIndexLower']).toBeLessThan(object['slopeIndex'] as number)
  })

  it('prints a table within 80 columns, with what was assumed', async () => {
    write('rates.csv', 'group,population,value,count\nQ1,1000,60,60\nQ2,1000,50,50\nQ3,1000,40,40\n')
    const args = ['indices', 'rates.csv', '--value-type', 'rate', '--transform', '--multiplier', '-1']
    const { code, stdout } = await fairwait(args, folder)
    expect(code).toBe(0)
    expect(stdout).toContain('Slope index of inequality')
    expect(stdout.replaceAll('\n', ' ')).toContain('taken as worse (negative multiplier), so that "Q3" is best')
    expect(stdout).toContain('Standard errors are from count, on the log scale.')
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it.each([
    [['indices', 'one.csv'], 3, 'one.csv: has one group; inequality needs at least two'],
    [['indices', 'five.csv', '--reference', 'five'], 3, '--reference: unknown group "five"; groups are 1, 2, 3, 4, 5'],
    [['indices', 'five.csv', '--transform'], 2, '--transform needs --value-type rate or proportion'],
    [['indices', 'five.csv', '--multiplier', '0'], 2, 'It must be a number other than 0.'],
    [['indices', 'five.csv', '--confidence', '95'], 2, 'above 0 and below 1'],
    [['indices', 'five.csv', '--repetitions', '10'], 2, 'whole number from 1,000 to 1,000,000'],
    [['indices', 'five.csv', '--value-type', 'share'], 2, 'Allowed choices are continuous, rate, proportion'],
  ] as const)('%j exits with %d and says why', async (args, expected, message) => {
    write('five.csv', FIVE)
    write('one.csv', 'group,population,value\n1,10,2\n')
    const { code, stdout, stderr } = await fairwait(args, folder)
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toMatch(/^\s+at .+:\d+/mu)
  })
})

const plain: FileReading = { valueType: 'continuous', transform: false, ordered: true }
const HEAD = 'group,population,value'

/** What is said about a file that is refused. */
async function refusal(text: string | Uint8Array, reading: Partial<FileReading> = {}): Promise<string> {
  const file = write('table.csv', text)
  const error: unknown = await readGroupTable(file, { ...plain, ...reading }).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ name: 'InputError', exitCode: 3 })
  return (error as Error).message.replaceAll(`${folder}/`, '')
}

describe('a table that cannot be is refused, with file and line', () => {
  const rate = { valueType: 'rate' } as const
  const proportion = { valueType: 'proportion' } as const
  it.each<[string, string, Partial<FileReading>, string]>([
    ['empty', '', {}, 'table.csv: is empty; it needs a header'],
    ['one group', `${HEAD}\n1,2,3\n`, {}, 'table.csv: has one group; inequality needs at least two'],
    ['no groups', `${HEAD}\n`, {}, 'has no groups'],
    ['no population', 'group,population_,value\n1,2,3\n2,3,4\n', {}, 'table.csv:1: column "population" is missing; is it "population_"?'],
    ['another separator', 'group;population;value\n1;2;3\n2;3;4\n', {}, 'table.csv:1: cells are separated by semicolons'],
    ['a short row', `${HEAD}\n1,2\n2,3,4\n`, {}, 'is not readable as CSV'],
    ['nobody in a group', `${HEAD}\n1,2,3\n2,0,4\n`, {}, 'table.csv:3 population: 0 is not above 0'],
    ['NaN', `${HEAD}\n1,2,NaN\n2,3,4\n`, {}, 'table.csv:2 value: "NaN" is not a number'],
    ['an infinite value', `${HEAD}\n1,2,1e999\n2,3,4\n`, {}, 'table.csv:2 value: "1e999" is not a number'],
    ['a missing value', `${HEAD}\n1,2,\n2,3,4\n`, {}, 'table.csv:2 value: is empty'],
    ['groups out of order', `${HEAD}\nQ1,2,3\nQ3,3,4\nQ2,3,4\n`, {}, 'table.csv:4 group: groups are out of order: "Q2" after "Q3"'],
    ['groups upside down', `${HEAD}\n5,2,3\n4,3,4\n`, {}, 'table.csv:3 group: groups are out of order: "4" after "5"'],
    ['named ends upside down', `${HEAD}\nLeast deprived,2,3\nMost deprived,3,4\n`, {}, '"Most deprived" must stand first'],
    ['a group twice', `${HEAD}\na,2,3\na,3,4\n`, {}, 'table.csv:3 group: group "a" stands already on line 2'],
    ['a negative rate', `${HEAD}\n1,2,-3\n2,3,4\n`, rate, 'table.csv:2 value: a rate cannot be negative: -3'],
    ['the log of 0', `${HEAD}\n1,2,0\n2,3,4\n`, { ...rate, transform: true }, 'a rate of 0 has no logarithm'],
    ['a percentage', `${HEAD}\n1,2,.3\n2,3,40\n`, proportion, 'table.csv:3 value: a proportion lies between 0 and 1: 40; divide percentages by 100'],
    ['the logit of 1', `${HEAD}\n1,2,.3\n2,3,1\n`, { ...proportion, transform: true }, 'a proportion of 1 has no logit'],
    ['more events than people', `${HEAD},count\n1,20,.3,6\n2,30,.4,31\n`, proportion, 'table.csv:3 count: 31 of a population of 30'],
    ['half an event', `${HEAD},count\n1,20,.3,6.5\n2,30,.4,12\n`, proportion, 'table.csv:2 count: a count is a whole number'],
    ['counts for some', `${HEAD},count\n1,20,.3,6\n2,30,.4,\n`, proportion, 'table.csv:3 count: is empty'],
    ['a negative standard error', `${HEAD},standard_error\n1,2,3,1\n2,3,4,-1\n`, {}, 'table.csv:3 standard_error: a standard error cannot be negative'],
    ['limits off the value', `${HEAD},lower_cl,upper_cl\n1,2,3,1,2\n2,3,4,3,5\n`, {}, 'table.csv:2 lower_cl: limits 1 to 2 do not hold the value 3'],
    ['one limit', `${HEAD},lower_cl\n1,2,3,1\n2,3,4,2\n`, {}, '"lower_cl" stands without "upper_cl"'],
    ['a limit without logarithm', `${HEAD},lower_cl,upper_cl\n1,2,3,0,4\n2,3,4,3,5\n`, rate, 'table.csv:2 lower_cl: a limit of 0 has no logarithm'],
    ['a misspelt column', `${HEAD},lower_ci,upper_ci\n1,2,3,1,4\n2,3,4,3,5\n`, {}, 'unknown column "lower_ci"; did you mean "lower_cl"?'],
  ])('%s', async (_, text, reading, message) => {
    expect(await refusal(text, reading)).toContain(message)
  })

  it('says every problem at once, by line', async () => {
    const message = await refusal(`${HEAD}\n1,0,x\n2,-1,4\n`)
    expect(message.split('\n').map((line) => line.split(':')[1].split(' ')[0])).toEqual(['2', '3'])
  })

  it('also where it is no text', async () => {
    expect(await refusal(Uint8Array.of(0x67, 0xff, 0x2c))).toContain('is not UTF-8 text')
  })
})

describe('a table that can be', () => {
  it('is read with byte-order mark, either line end, blank lines, spaces, padding commas and empty columns', async () => {
    const file = write('spread.csv', `\uFEFFgroup, population ,value,count,note\r\n1,10,2.5,,\r\n\r\n2, 1e1 ,-3,,\r\n,,,,\r\n`)
    const table = await readGroupTable(file, plain)
    expect(table).toMatchObject({ groups: ['1', '2'], population: [10, 10], values: [2.5, -3], ignored: ['note'] })
    expect(table.precision).toEqual({ limits: null, standardErrors: null, counts: null })
  })

  it('may stand in any order where order is no rank', async () => {
    const file = write('any.csv', `${HEAD}\n3,1,2\n1,1,3\n`)
    expect((await readGroupTable(file, { ...plain, ordered: false })).groups).toEqual(['3', '1'])
  })
})
