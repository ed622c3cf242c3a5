/** How `fairwait plan` prints: tables, CSV and JSON. */
import { ALL, type PlanRow } from '../baseline/plan/plan.ts'
import type { MeanInterval } from '../measures/interval.ts'
import { COLUMNS, GROUP_HEAD, heading, NEVER, NONE, NOTES, NOTES_OF_FILE, SIMULATED } from './plan-messages.ts'
import type { BothWays, Quantity, SimulatedPlan } from './plan-simulation.ts'
import type { Plan } from './plan.ts'
import { jsonLine, plainText, tableLines } from './terminal.ts'

const QUANTITIES: readonly Quantity[] = [
  'load', 'waitingAsItIs', 'weeksToClear', 'targetListSize', 'shareUnderTarget', 'pressureAtTarget', 'reliefCapacityPerWeek', 'targetCapacityPerWeek',
]

/** The plan as tables: by specialty, by group, and what the simulation says. */
export function planText(plan: Plan): string {
  const { rows, simulated } = plan
  const bySpecialty = rows.filter(({ queue }) => queue.group === ALL || !rows.some((other) => other.queue.specialty === queue.specialty && other.queue.group === ALL))
  const [{ queue: { specialty } }] = rows
  const byGroup = rows.filter(({ queue }) => queue.specialty === specialty && queue.group !== ALL)
  return [
    heading(plainText(plan.name), plan.target),
    '',
    ...figuresTable(COLUMNS[0][1], bySpecialty, ({ queue }) => queue.name),
    ...(byGroup.length === 0 ? [] : ['', ...figuresTable(GROUP_HEAD, byGroup, ({ queue }) => queue.groupLabel)]),
    ...(simulated === null ? [] : ['', ...simulatedLines(rows, bySpecialty, simulated)]),
    '',
    ...(plan.fromFile ? NOTES_OF_FILE : NOTES),
    ...(simulated === null ? [] : plan.fromFile ? SIMULATED.notesOfFile : SIMULATED.notes),
    ...(simulated !== null && simulated.sample < 1 ? [SIMULATED.sampled(simulated.sample)] : []),
    '',
  ].join('\n')
}

function figuresTable(head: string, rows: readonly PlanRow[], nameOf: (row: PlanRow) => string): string[] {
  const heads = COLUMNS.map(([top, bottom], column) => [top, column === 0 ? head : bottom])
  const cells = rows.map((row) => {
    const { queue, figures } = row
    return [
      plainText(nameOf(row)),
      people(queue.demandPerWeek),
      people(queue.capacityPerWeek),
      number(figures.load, 2),
      whole(queue.waiting),
      whole(figures.targetListSize),
      people(figures.reliefCapacityPerWeek),
      people(figures.targetCapacityPerWeek),
      number(figures.pressure, 2),
      weeksCell(figures.weeksToClear),
    ]
  })
  return tableLines([heads.map(([top]) => top), heads.map(([, bottom]) => bottom), ...cells])
}

/** More weeks than any plan runs for are not worth their digits. */
const weeksCell = (weeks: number | null): string => (weeks === null ? NEVER : weeks > MOST_WEEKS_SHOWN ? `>${MOST_WEEKS_SHOWN}` : number(weeks, 0))
const MOST_WEEKS_SHOWN = 520

function simulatedLines(rows: readonly PlanRow[], bySpecialty: readonly PlanRow[], simulated: SimulatedPlan): string[] {
  const of = (row: PlanRow): Readonly<Record<Quantity, BothWays>> | null => simulated.rows[rows.indexOf(row)]
  const first = of(rows[0])
  const quantities = first === null ? [] : QUANTITIES.map((quantity) => [SIMULATED.quantities[quantity], ...bothCells(first[quantity], digitsOf(quantity), quantity)])
  const heads = SIMULATED.specialtyColumns
  const cells = bySpecialty.flatMap((row) => {
    const both = of(row)
    if (both === null) return []
    return [[plainText(row.queue.name), ...plainCells(both.targetListSize, 0), ...plainCells(both.reliefCapacityPerWeek, 1)]]
  })
  return [
    SIMULATED.heading(simulated.runs),
    ...tableLines([[...SIMULATED.columns], ...quantities]),
    ...(bySpecialty.length < 2 ? [] : ['', ...tableLines([heads.map(([top]) => top), heads.map(([, bottom]) => bottom), ...cells])]),
  ]
}

const digitsOf = (quantity: Quantity): number => (quantity === 'load' || quantity === 'pressureAtTarget' || quantity === 'shareUnderTarget' ? 3 : quantity === 'reliefCapacityPerWeek' || quantity === 'targetCapacityPerWeek' ? 1 : 0)

function bothCells({ formula, simulated }: BothWays, digits: number, quantity: Quantity): string[] {
  const missing = quantity === 'weeksToClear' ? NEVER : NONE
  return [
    formula === null ? missing : number(formula, digits),
    simulated === null ? NONE : `${number(simulated.mean, digits)} ±${number(halfWidth(simulated), digits)}`,
    difference(formula, simulated, digits),
  ]
}

const plainCells = ({ formula, simulated }: BothWays, digits: number): string[] => [
  number(formula, digits),
  number(simulated?.mean ?? null, digits),
  difference(formula, simulated, digits),
]

function difference(formula: number | null, simulated: MeanInterval | null, digits: number): string {
  if (formula === null || simulated === null) return NONE
  const value = simulated.mean - formula
  return `${value < 0 ? '' : '+'}${number(value, digits)}`
}

const halfWidth = ({ lower, upper }: MeanInterval): number => (upper - lower) / 2

function number(value: number | null, digits: number): string {
  if (value === null || !Number.isFinite(value)) return NONE
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
const whole = (value: number): string => number(value, 0)
/** People a week: to a tenth where there are few. */
const people = (value: number): string => number(value, Math.abs(value) < 100 ? 1 : 0)

/** A plan's rows as plain objects: the same fields in CSV and JSON. */
function flatRows({ rows, simulated }: Plan): Record<string, string | number | null>[] {
  return rows.map(({ queue, figures }, index) => {
    const both = simulated?.rows[index] ?? null
    return {
      specialty: queue.specialty,
      name: queue.name,
      group: queue.group,
      group_label: queue.groupLabel,
      demand_per_week: queue.demandPerWeek,
      capacity_per_week: queue.capacityPerWeek,
      waiting: queue.waiting,
      mean_wait_weeks: queue.waiting === 0 ? null : queue.meanWaitWeeks,
      cv_demand: queue.cvDemand,
      cv_capacity: queue.cvCapacity,
      load: figures.load,
      target_list_size: figures.targetListSize,
      relief_capacity_per_week: figures.reliefCapacityPerWeek,
      target_capacity_per_week: figures.targetCapacityPerWeek,
      pressure: figures.pressure,
      weeks_to_clear: figures.weeksToClear,
      ...(simulated === null ? {} : Object.fromEntries(QUANTITIES.flatMap((quantity) => simulatedFields(quantity, both?.[quantity] ?? null)))),
    }
  })
}

function simulatedFields(quantity: Quantity, both: BothWays | null): [string, number | null][] {
  const name = quantity.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const found = both?.simulated ?? null
  const formula = both?.formula ?? null
  return [
    [`${name}_formula`, formula],
    [`${name}_simulated`, found?.mean ?? null],
    [`${name}_lower`, finite(found?.lower)],
    [`${name}_upper`, finite(found?.upper)],
    [`${name}_difference`, found === null || formula === null ? null : found.mean - formula],
  ]
}

const finite = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)

/** The plan as one line of JSON, version 1. */
export function planJson(plan: Plan): string {
  const { name, target, simulated } = plan
  const runs = simulated === null ? null : { runs: simulated.runs, sample: simulated.sample }
  return `${jsonLine({ format: 'fairwait-plan', version: 1, name, target, simulated: runs, rows: flatRows(plan) })}\n`
}

/** The plan as CSV: a row for each specialty and group, empty where a figure does not exist. */
export function planCsv(plan: Plan): string {
  const rows = flatRows(plan)
  const names = Object.keys(rows[0])
  return [names.join(','), ...rows.map((row) => names.map((name) => csvCell(row[name])).join(','))].map((line) => `${line}\n`).join('')
}

/** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
