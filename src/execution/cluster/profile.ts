/**
 * A cluster profile: what a job array asks of its cluster. YAML or JSON, schema version 1, with a block for each
 * engine that it is for. Everything that ends up in a script or a manifest is restricted here, so that no name can
 * become a command.
 */
import { z } from 'zod'
import { InputError } from '../../errors.ts'
import { readYaml } from '../../scenario/read-yaml.ts'
import { problemsOf } from '../../scenario/issues.ts'
import { closed } from '../../scenario/numbers.ts'
import { problemAt } from '../../scenario/positions.ts'
import type { Positions } from '../../scenario/positions.ts'
import { profileText } from './messages.ts'

/** Places where a sweep can run beyond this machine. */
export const ENGINES = ['slurm', 'kubernetes'] as const
export type Engine = (typeof ENGINES)[number]

/** Most tasks of one array: Slurm's own limit, MaxArraySize, is 1001 unless the cluster sets another. */
export const MOST_TASKS = 100_000

/** Options of sbatch that the script sets itself, or that would break what it promises. */
const OWN_OPTIONS = [
  '--account', '--array', '--chdir', '--cpus-per-task', '--dependency', '--error', '--export-file', '--job-name', '--mem',
  '--mem-per-cpu', '--no-requeue', '--ntasks', '--open-mode', '--output', '--parsable', '--partition', '--qos',
  '--requeue', '--signal', '--test-only', '--time', '--wait', '--wrap',
]

const name = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/, profileText.name)
const tasks = z.int().min(1).max(MOST_TASKS).describe('Tasks of the array.')
const mostAtOnce = z.int().min(1).max(MOST_TASKS).describe('Most tasks at work at the same time; all by default.')
const cpus = z.int().min(1).max(1024).describe('Processors of a task, which runs as many threads.')
const argument = z.string().regex(/^[^\0\r\n]{1,1000}$/, profileText.argument)
const command = z.array(argument).min(1).max(50).describe('Program and arguments that start fairwait on a node.')

/** Seconds of a Slurm time; null where it is none. */
function secondsOf(time: number | string): number | null {
  if (typeof time === 'number') return Number.isInteger(time) && time >= 1 ? time * 60 : null
  const match = /^(?:(\d{1,3})-(?=\d+:\d+:\d+$))?(?:(\d{1,3}):)?(\d{1,3}):(\d{2})$/.exec(time)
  if (match === null) return null
  const [, days = 0, hours = 0, minutes, seconds] = match
  const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
  return total >= 60 ? total : null
}

const isOwnOption = (option: string): boolean => OWN_OPTIONS.includes(option.split('=')[0])

const slurmBlock = closed({
  partition: name.optional(),
  account: name.optional(),
  qos: name.optional(),
  time: z
    .union([z.number(), z.string()], { error: profileText.time })
    .refine((time) => secondsOf(time) !== null, profileText.time)
    .describe('Wall-time limit of a task; one hour by default.')
    .optional(),
  graceSeconds: z.int().min(10).max(86_400).describe('A task begins no batch so long before its limit; 120 by default.').optional(),
  memory: z.string().regex(/^[1-9]\d{0,8}[KMGT]$/, profileText.memory).describe('Of a task; 2G by default.').optional(),
  cpus: cpus.optional(),
  tasks: tasks.optional(),
  mostAtOnce: mostAtOnce.optional(),
  setup: z.array(z.string().regex(/^[^\0\r\n]{1,1000}$/, profileText.setup)).max(100).describe('Lines of shell to run first, such as module loads.').optional(),
  options: z
    .array(
      z
        .string()
        .regex(/^--[a-z][a-z0-9-]*(=[A-Za-z0-9._,:;/@%+*&|()[\]-]{1,500})?$/, profileText.option)
        .refine((option) => !isOwnOption(option), { error: ({ input }) => profileText.ownOption(String(input).split('=')[0]) }),
    )
    .max(50)
    .describe('Further long options of sbatch.')
    .optional(),
  command: command.optional(),
})

const label = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, profileText.label)
const quantity = z.string().regex(/^[1-9]\d{0,8}(m|[KMGT]i?)?$/, profileText.quantity)
const folder = z.string().regex(/^(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._-][A-Za-z0-9._/-]{0,499}$/, profileText.folder)

const kubernetesBlock = closed({
  image: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/:@-]{0,499}$/, profileText.image).describe('Container image that holds fairwait.'),
  volumeClaim: label.describe('PersistentVolumeClaim that all pods can write (ReadWriteMany).'),
  folder: folder.describe("Path of the sweep's folder inside the volume."),
  namespace: label.optional(),
  cpus: cpus.optional(),
  memory: quantity.describe('Of a pod; 2Gi by default.').optional(),
  tasks: tasks.optional(),
  mostAtOnce: mostAtOnce.optional(),
  graceSeconds: z.int().min(10).max(86_400).describe('Time that a pod has to finish its batch when it is told to stop; 120 by default.').optional(),
  command: command.optional(),
})

const profileSchema = closed({
  $schema: z.string().max(500).optional(),
  schemaVersion: z.literal(1),
  slurm: slurmBlock.optional(),
  kubernetes: kubernetesBlock.optional(),
})

/** What a Slurm job array asks for, defaults filled in. */
export interface SlurmProfile {
  readonly partition: string | null
  readonly account: string | null
  readonly qos: string | null
  /** Wall-time limit of a task, and how long before it no batch is begun. */
  readonly timeSeconds: number
  readonly graceSeconds: number
  /** As Slurm writes it, e.g. `2G`. */
  readonly memory: string
  readonly cpus: number
  readonly tasks: number
  readonly mostAtOnce: number | null
  /** Lines of shell, as written by the user. */
  readonly setup: readonly string[]
  readonly options: readonly string[]
  /** Program and arguments; null for the program that submits. */
  readonly command: readonly string[] | null
}

/** What a Kubernetes Job asks for, defaults filled in. */
export interface KubernetesProfile {
  readonly image: string
  readonly volumeClaim: string
  readonly folder: string
  readonly namespace: string | null
  readonly cpus: number
  /** As Kubernetes writes it, e.g. `2Gi`. */
  readonly memory: string
  readonly tasks: number
  readonly mostAtOnce: number | null
  readonly graceSeconds: number
  readonly command: readonly string[]
}

/** A profile with its defaults; null for an engine that it has no block for. */
export interface Profile {
  readonly slurm: SlurmProfile | null
  readonly kubernetes: KubernetesProfile | null
}

const DEFAULT_GRACE_SECONDS = 120
const DEFAULT_TASKS = 4

/** The profile of a sweep that names none: whatever the cluster gives by default. */
export const DEFAULT_PROFILE: Profile = { slurm: withSlurmDefaults({}), kubernetes: null }

/**
 * Reads a profile.
 * @param source YAML or JSON
 * @param file its name, for messages
 * @param engine the block that must be there
 * @throws InputError with every problem and its place
 */
export function parseProfile(source: string, file: string, engine: Engine): Profile {
  const { data, positions } = readYaml(source, file)
  if (data === null || data === undefined) throw new InputError({ file, message: profileText.empty })
  if (typeof data !== 'object' || Array.isArray(data)) throw new InputError({ file, message: profileText.notAProfile })
  const result = profileSchema.safeParse(data)
  if (!result.success) throw new InputError(problemsOf(result.error.issues, data, positions))
  const { slurm, kubernetes } = result.data
  if (result.data[engine] === undefined) throw new InputError(problemAt(positions, [], profileText.noBlock(engine)))
  const profile = {
    slurm: slurm === undefined ? null : withSlurmDefaults(slurm),
    kubernetes: kubernetes === undefined ? null : withKubernetesDefaults(kubernetes),
  }
  checkGrace(profile.slurm, slurm?.time, positions)
  return profile
}

function checkGrace(slurm: SlurmProfile | null, written: number | string | undefined, positions: Positions): void {
  if (slurm === null || slurm.graceSeconds < slurm.timeSeconds) return
  const message = profileText.grace(slurm.graceSeconds, String(written ?? '1:00:00'))
  throw new InputError(problemAt(positions, ['slurm', 'graceSeconds'], message))
}

function withSlurmDefaults(block: z.infer<typeof slurmBlock>): SlurmProfile {
  // Slurm counts limits in minutes and rounds up: a limit is never longer than what was asked for.
  const timeSeconds = Math.floor((secondsOf(block.time ?? '1:00:00') ?? 0) / 60) * 60
  return {
    partition: block.partition ?? null,
    account: block.account ?? null,
    qos: block.qos ?? null,
    timeSeconds,
    graceSeconds: block.graceSeconds ?? Math.min(DEFAULT_GRACE_SECONDS, Math.floor(timeSeconds / 2)),
    memory: block.memory ?? '2G',
    cpus: block.cpus ?? 1,
    tasks: block.tasks ?? DEFAULT_TASKS,
    mostAtOnce: block.mostAtOnce ?? null,
    setup: block.setup ?? [],
    options: block.options ?? [],
    command: block.command ?? null,
  }
}

function withKubernetesDefaults(block: z.infer<typeof kubernetesBlock>): KubernetesProfile {
  return {
    image: block.image,
    volumeClaim: block.volumeClaim,
    folder: block.folder,
    namespace: block.namespace ?? null,
    cpus: block.cpus ?? 1,
    memory: block.memory ?? '2Gi',
    tasks: block.tasks ?? DEFAULT_TASKS,
    mostAtOnce: block.mostAtOnce ?? null,
    graceSeconds: block.graceSeconds ?? DEFAULT_GRACE_SECONDS,
    command: block.command ?? ['fairwait'],
  }
}
