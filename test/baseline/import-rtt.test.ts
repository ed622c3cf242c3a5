import { readFileSync } from 'node:fs'
import { zipSync, strToU8 } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { packFileName, packFiles, packsFromFiles, packText } from '../../src/baseline/import-rtt.ts'
import { readRttFile } from '../../src/baseline/read-rtt-file.ts'
import { bytesSource } from '../../src/baseline/byte-source.ts'
import { zipCsvChunks } from '../../src/baseline/zip-csv.ts'
import { validatePack } from '../../src/baseline/validate-pack.ts'
import { InputError } from '../../src/errors.ts'
import { csv, HEADER, monthRows, row, scratchFolder, sum } from './rtt-csv.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)

const GOOD = [HEADER, ...monthRows()]

async function qyg(...contents: (string | Uint8Array)[]) {
  const files = contents.map((content, index) => scratch.write(`month-${index}.csv`, content))
  const [pack] = await packsFromFiles(files, { icb: 'QYG' })
  return pack
}

/** The message with which a file is refused, without its path. */
async function refusal(content: string | Uint8Array, name = 'bad.csv'): Promise<string> {
  const file = scratch.write(name, content)
  const error = await packsFromFiles([file], { icb: 'QYG' }).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(InputError)
  expect((error as InputError).exitCode).toBe(3)
  return (error as InputError).message.replace(file, name)
}

describe('a month of published data', () => {
  it('becomes a pack of lists without and with decision to admit, stops and starts', async () => {
    const pack = await qyg(csv(GOOD))
    const [specialty] = pack.specialties
    expect(specialty.code).toBe('C_110')
    expect(specialty.name).toBe('Trauma and Orthopaedic')
    expect(sum(specialty.waitingWithoutDecision)).toBe(20)
    expect(sum(specialty.waitingWithDecision)).toBe(10)
    expect(specialty.waitingWithoutDecision.length).toBe(105)
    expect(specialty.waitingWithDecision.length).toBe(53)
    expect(specialty.admittedStops[60]).toBe(1)
    expect(sum(specialty.nonAdmittedStops)).toBe(6)
    expect(specialty.clockStarts).toBe(13)
    expect(pack.months).toEqual(['2026-01'])
    expect([pack.days, pack.workingDays]).toEqual([31, 21])
    expect(pack.unreportedRemovalShare).toBeNull()
    expect(() => validatePack(JSON.parse(packText(pack)), 'pack.json')).not.toThrow()
  })

  it('is read the same with a byte-order mark, Windows line ends, a preamble and no last line end', async () => {
    const plain = await qyg(csv(GOOD))
    const preamble = [['Title:', 'RTT waiting times'], ['Source: NHS England'], ['']]
    const awkward = `\uFEFF${csv([...preamble, ...GOOD], '\r\n').trimEnd()}`
    expect((await qyg(awkward)).specialties).toEqual(plain.specialties)
  })

  it('is read from a ZIP file as from the CSV in it', async () => {
    const zip = scratch.write('month.zip', zipSync({ 'month.csv': strToU8(csv(GOOD)), 'readme.txt': strToU8('x') }))
    const [pack] = await packsFromFiles([zip], { icb: 'QYG' })
    expect(pack.specialties).toEqual((await qyg(csv(GOOD))).specialties)
  })

  it('is found by treatment function name where the code column is missing', async () => {
    const drop = HEADER.indexOf('Treatment Function Code')
    const without = GOOD.map((cells) => cells.filter((_, index) => index !== drop))
    expect((await qyg(csv(without))).specialties[0].code).toBe('C_110')
  })

  it('does not count the total rows', async () => {
    const totals = monthRows({ code: 'C_999', name: 'Total' })
    expect((await qyg(csv([...GOOD, ...totals]))).specialties).toEqual((await qyg(csv(GOOD))).specialties)
  })

  it('counts commissioners without an ICB and non-commissioned activity for England only', async () => {
    const blank = monthRows({ area: '', commissioner: '13Q' })
    const none = monthRows({ area: 'NONE', commissioner: 'NONC' })
    const file = scratch.write('england.csv', csv([...GOOD, ...blank, ...none]))
    const [england] = await packsFromFiles([file], 'england')
    const icbs = await packsFromFiles([file], 'all-icbs')
    expect(england.specialties[0].clockStarts).toBe(39)
    expect(icbs.map((pack) => [pack.system.code, pack.specialties[0].clockStarts])).toEqual([['QYG', 13]])
  })

  it('spreads stops of unknown clock start as the known are, and says how many', async () => {
    const rows = [...GOOD, row({ part: 'Part_1B', bands: { 0: 0 }, unknown: 3 })]
    const pack = await qyg(csv(rows))
    expect(sum(pack.specialties[0].nonAdmittedStops)).toBe(9)
    expect(pack.specialties[0].nonAdmittedStops.slice(0, 21).filter((count) => count > 0)).toEqual([6, 3])
    expect(pack.specialties[0].unknownClockStart.nonAdmitted).toBe(3)
    expect(pack.provenance.modelled.join(' ')).toContain('unknown clock start (3)')
  })

  it('keeps the whole list by weeks waited where more have a decision than wait in a band', async () => {
    const rows = [...GOOD, row({ part: 'Part_2A', bands: { 18: 9 } })]
    const [specialty] = (await qyg(csv(rows))).specialties
    const whole = Array.from({ length: 105 }, (_, w) => (specialty.waitingWithDecision[w] ?? 0) + (specialty.waitingWithoutDecision[w] ?? 0))
    expect([whole[0], whole[17], whole[18], whole[52], whole[104]]).toEqual([10, 8, 7, 4, 1])
    expect(sum(specialty.waitingWithDecision)).toBe(19)
    expect(Math.min(...specialty.waitingWithoutDecision)).toBe(0)
    expect(specialty.waitingWithDecision[17]).toBe(6)
  })
})

describe('several months', () => {
  const february = [HEADER, ...monthRows({ period: 'RTT-February-2026' })]

  it('add up stops and starts, keep the last list, and show unreported removals by stock and flow', async () => {
    const pack = await qyg(csv(february), csv(GOOD))
    expect(pack.months).toEqual(['2026-01', '2026-02'])
    expect(pack.days).toBe(59)
    expect(sum(pack.specialties[0].admittedStops)).toBe(8)
    expect(pack.specialties[0].clockStarts).toBe(26)
    expect(sum(pack.specialties[0].waitingWithDecision)).toBe(10)
    // The list stayed at 30 while 13 started and 10 stopped: 3 left unreported of 13 removals.
    expect(pack.unreportedRemovalShare).toBe(0.2308)
    expect(packFileName(pack)).toBe('QYG-2026-02.json')
  })

  it('leave the removal share open, and say so, where stock and flow give an impossible one', async () => {
    const grown = [...february, row({ period: 'RTT-February-2026', part: 'Part_2', bands: { 4: 50 } })]
    const pack = await qyg(csv(GOOD), csv(grown))
    expect(pack.unreportedRemovalShare).toBeNull()
    expect(pack.provenance.modelled.join(' ')).toContain('reporting changed')
  })

  it('are refused with a gap, twice the same, or two months in one file', async () => {
    const march = csv([HEADER, ...monthRows({ period: 'RTT-March-2026' })])
    await expect(qyg(csv(GOOD), march)).rejects.toThrow('is for 2026-03, and the month before it given is 2026-01')
    await expect(qyg(csv(GOOD), csv(GOOD))).rejects.toThrow('give each month once')
    const mixed = csv([...GOOD, row({ period: 'RTT-March-2026', part: 'Part_2' })])
    expect(await refusal(mixed)).toBe('bad.csv:7: holds two months, 2026-01 and 2026-03; give one file for each month')
  })
})

describe('a bad file is refused with the place and the reason:', () => {
  const withCell = (column: string, text: string): string => {
    const rows = [HEADER, ...monthRows()].map((cells) => [...cells])
    rows[3][HEADER.indexOf(column)] = text
    return csv(rows)
  }

  it('another table', async () => expect(await refusal('a,b\n1,2\n')).toContain('no header row'))
  it('prose', async () => expect(await refusal('# Notes\n\nA file, with a "quote" in it\n')).toContain('no header row'))
  it('an empty file', async () => expect(await refusal('')).toContain('no header row'))
  it('a header alone', async () => expect(await refusal(csv([HEADER]))).toContain('has a header and no rows'))
  it('binary rubbish', async () => {
    const rubbish = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 251)
    expect(await refusal(rubbish)).toMatch(/^bad\.csv/)
  })

  it('a missing column, with the nearest name there is', async () => {
    const rows = GOOD.map((cells, index) => (index === 0 ? cells.map((name) => (name === 'Total All' ? 'Total Al' : name)) : cells))
    expect(await refusal(csv(rows))).toContain('column "Total All" is missing; did you mean "Total Al"?')
  })

  it('bands to 52 weeks only', async () => {
    const rows = GOOD.map((cells) => cells.filter((_, index) => !/^Gt (5[2-9]|[6-9]\d|10\d) /.test(HEADER[index])))
    expect(await refusal(csv(rows))).toContain('"Gt 52 To 53 Weeks SUM 1" is missing')
  })

  it.each(['-4', '2.5', 'x', '1e3', '1,000', ' 4', '999999999'])('a count of %j', async (text) => {
    const message = await refusal(withCell('Gt 17 To 18 Weeks SUM 1', text))
    expect(message).toContain('bad.csv:4:')
    expect(message).toContain(`"Gt 17 To 18 Weeks SUM 1" is ${JSON.stringify(text)}`)
  })

  it('a row whose bands do not sum to its total', async () => {
    expect(await refusal(withCell('Total All', '31'))).toContain('sum to 30 but "Total All" is 31')
  })

  it('an unknown part, period or treatment function', async () => {
    expect(await refusal(withCell('RTT Part Type', 'Part_2B'))).toContain('did you mean "Part_')
    expect(await refusal(withCell('Period', 'January 2026'))).toContain('"RTT-January-2026"')
    expect(await refusal(withCell('Treatment Function Code', '<b>'))).toContain('treatment function "<b>"')
  })

  it('a row cut short', async () => {
    const text = csv(GOOD)
    expect(await refusal(text.slice(0, text.length - 90))).toMatch(/bad\.csv:6: row has \d+ cells/)
  })

  it('rows cut off at a line end, by the missing part or the total rows', async () => {
    expect(await refusal(csv(GOOD.slice(0, 5)))).toContain('has no rows of Part_3')
    const totals = monthRows({ code: 'C_999', name: 'Total' })
    const cut = [HEADER, ...totals, ...monthRows(), ...monthRows({ code: 'C_120' }).slice(0, 3)]
    const doubled = cut.map((cells) => [...cells])
    expect(await refusal(csv(doubled))).toContain('total rows (C_999)')
  })

  it('a quote never closed', async () => {
    expect(await refusal(csv(GOOD).replace('"TRUST, WITH', '"TRUST" WITH'))).toContain('not readable as CSV')
    expect(await refusal(`${csv([HEADER])}"${'x'.repeat(200_000)}`)).toContain('far longer than any RTT row')
  })

  it('a file that is not there', async () => {
    await expect(packsFromFiles([scratch.path('nowhere.zip')], 'england')).rejects.toThrow('cannot be read (ENOENT)')
  })
})

describe('a bad ZIP file is refused:', () => {
  const zip = zipSync({ 'month.csv': strToU8(csv(GOOD)) })

  it('cut short anywhere', async () => {
    for (const length of [2, 30, 200, zip.length - 40, zip.length - 1]) {
      expect(await refusal(zip.slice(0, length), 'bad.zip')).toMatch(/ZIP/)
    }
  })

  it('with bytes changed in its data', async () => {
    const changed = Uint8Array.from(zip)
    for (let at = 300; at < 330; at++) changed[at] ^= 0x55
    expect(await refusal(changed, 'bad.zip')).toContain('damaged')
  })

  it('with no CSV file, or with two', async () => {
    expect(await refusal(zipSync({ 'a.txt': strToU8('x') }), 'bad.zip')).toContain('holds 0 CSV files')
    const two = zipSync({ 'a.csv': strToU8('x'), 'b.csv': strToU8('y') })
    expect(await refusal(two, 'bad.zip')).toContain('holds 2 CSV files')
  })

  it('that unpacks to more than the limit, whether or not its directory admits it', async () => {
    const bomb = zipSync({ 'bomb.csv': new Uint8Array(20_000_000) })
    const file = scratch.write('bomb.zip', bomb)
    expect(bomb.length).toBeLessThan(100_000)
    await expect(unpackedBytes(file, 1_000_000)).rejects.toThrow('unpacks to more than 1 MB')
    const lying = Uint8Array.from(bomb)
    new DataView(lying.buffer).setUint32(bomb.length - 22 - 8 - 46 + 24, 500, true)
    expect(lying).not.toEqual(bomb)
    await expect(unpackedBytes(scratch.write('lying.zip', lying), 1_000_000)).rejects.toThrow('unpacks to more than 1 MB')
  })
})

async function unpackedBytes(file: string, limit: number): Promise<number> {
  let size = 0
  for await (const chunk of zipCsvChunks(bytesSource(new Uint8Array(readFileSync(file))), file, limit, () => {})) size += chunk.length
  return size
}

describe('choosing and writing', () => {
  it('suggests the nearest code for an unknown ICB, before reading anything', async () => {
    await expect(packsFromFiles([scratch.path('nowhere.csv')], { icb: 'QYGG' })).rejects.toThrow('"QYGG"; did you mean "QYG"?')
  })

  it('says when a known ICB is not in the file', async () => {
    const file = scratch.write('good.csv', csv(GOOD))
    await expect(packsFromFiles([file], { icb: 'QE1' })).rejects.toThrow('has no rows for QE1 (Lancashire and South Cumbria)')
  })

  it('refuses an area whose residents are not known, unless England alone is wanted', async () => {
    const file = scratch.write('new-icb.csv', csv([...GOOD, ...monthRows({ area: 'QZZ' })]))
    await expect(packsFromFiles([file], 'all-icbs')).rejects.toThrow('"QZZ"')
    await expect(packsFromFiles([file], 'england')).resolves.toHaveLength(1)
  })

  it('makes files of packs that can be read back, called by system and last month', async () => {
    const pack = await qyg(csv(GOOD))
    const files = packFiles([pack])
    expect(Object.keys(files)).toEqual(['QYG-2026-01.json'])
    expect(JSON.parse(files['QYG-2026-01.json'])).toEqual(pack)
  })

  it('makes the same checksum of a file that anybody else would', async () => {
    const month = await readRttFile(scratch.write('hash.csv', csv(GOOD)))
    expect(month.sha256).toMatch(/^[0-9a-f]{64}$/)
    const { createHash } = await import('node:crypto')
    expect(month.sha256).toBe(createHash('sha256').update(csv(GOOD)).digest('hex'))
  })
})
