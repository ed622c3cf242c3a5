/**
 * A Kubernetes Job as text: one pod for each task, by its completion index, all on one shared volume.
 */
import { stringify } from 'yaml'
import type { KubernetesProfile } from './profile.ts'

/** One Job to apply. */
export interface KubernetesJob {
  /** Name of the sweep: lower-case letters, digits and hyphens. */
  readonly name: string
  readonly profile: KubernetesProfile
  /** Tasks, at most those of the profile. */
  readonly tasks: number
  readonly submission: number
  /** Distinguishes submissions of sweeps with one name: lower-case letters and digits. */
  readonly id: string
}

const MOUNT_PATH = '/fairwait'
const LONGEST_NAME = 63
/** Pods that may fail at one index before the index is given up: a lost node costs one. */
const RETRIES = 3

/** The manifest of an indexed Job, `batch/v1`. Every text is quoted. */
export function jobManifest({ name, profile, tasks, submission, id }: KubernetesJob): string {
  const resources = { cpu: String(profile.cpus), memory: profile.memory }
  const manifest = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(name, id),
      ...(profile.namespace !== null && { namespace: profile.namespace }),
      labels: { 'app.kubernetes.io/name': 'fairwait' },
    },
    spec: {
      completionMode: 'Indexed',
      completions: tasks,
      parallelism: Math.min(tasks, profile.mostAtOnce ?? tasks),
      backoffLimitPerIndex: RETRIES,
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: profile.graceSeconds,
          containers: [
            {
              name: 'fairwait',
              image: profile.image,
              command: literal(profile.command),
              args: literal([
                'sweep-task',
                `${MOUNT_PATH}/${profile.folder}`,
                '--submission',
                String(submission),
                '--workers',
                String(profile.cpus),
              ]),
              resources: { requests: resources, limits: resources },
              volumeMounts: [{ name: 'sweep', mountPath: MOUNT_PATH }],
            },
          ],
          volumes: [{ name: 'sweep', persistentVolumeClaim: { claimName: profile.volumeClaim } }],
        },
      },
    },
  }
  return stringify(manifest, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 })
}

/** A pod is called after its job and index, so the name leaves room for an index. */
function jobName(name: string, id: string): string {
  const end = `-${id}`
  const roomForIndex = 7
  const start = `fairwait-${name}`.slice(0, LONGEST_NAME - roomForIndex - end.length).replace(/-+$/, '')
  return start + end
}

/** Kubernetes puts variables in place of `$(NAME)`; doubled dollars are taken as they are. */
function literal(words: readonly string[]): string[] {
  return words.map((word) => word.replaceAll('$', '$$$$'))
}
