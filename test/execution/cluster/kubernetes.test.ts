import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { jobManifest } from '../../../src/execution/cluster/kubernetes.ts'
import { parseProfile } from '../../../src/execution/cluster/profile.ts'
import type { KubernetesProfile } from '../../../src/execution/cluster/profile.ts'

function profileOf(block: object): KubernetesProfile {
  const all = { image: 'registry.example.org/fairwait:0.1.0', volumeClaim: 'sweeps', folder: 'yes', ...block }
  const { kubernetes } = parseProfile(JSON.stringify({ schemaVersion: 1, kubernetes: all }), 'p.json', 'kubernetes')
  if (kubernetes === null) throw new Error('no kubernetes block')
  return kubernetes
}

const job = (changes: object = {}) => ({ name: 'theta', profile: profileOf({}), tasks: 50, submission: 3, id: '0a1b2c3d', ...changes })

describe('the manifest of a Kubernetes Job', () => {
  it('is an indexed Job with a pod for each task, on the shared volume', () => {
    const profile = profileOf({ namespace: 'research', cpus: 2, memory: '4Gi', mostAtOnce: 10, graceSeconds: 300 })
    // Fields and types of batch/v1 Job and core/v1 PodTemplateSpec, as the API reference has them.
    expect(parse(jobManifest(job({ profile })))).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'fairwait-theta-0a1b2c3d', namespace: 'research', labels: { 'app.kubernetes.io/name': 'fairwait' } },
      spec: {
        completionMode: 'Indexed',
        completions: 50,
        parallelism: 10,
        backoffLimitPerIndex: 3,
        template: {
          spec: {
            restartPolicy: 'Never',
            terminationGracePeriodSeconds: 300,
            containers: [
              {
                name: 'fairwait',
                image: 'registry.example.org/fairwait:0.1.0',
                command: ['fairwait'],
                args: ['sweep-task', '/fairwait/yes', '--submission', '3', '--workers', '2'],
                resources: { requests: { cpu: '2', memory: '4Gi' }, limits: { cpu: '2', memory: '4Gi' } },
                volumeMounts: [{ name: 'sweep', mountPath: '/fairwait' }],
              },
            ],
            volumes: [{ name: 'sweep', persistentVolumeClaim: { claimName: 'sweeps' } }],
          },
        },
      },
    })
  })

  it('is the same text every time', () => {
    expect(jobManifest(job())).toBe(jobManifest(job()))
  })

  it('quotes what YAML would take for something else', () => {
    const text = jobManifest(job({ profile: profileOf({ namespace: '1e3', volumeClaim: 'no' }) }))
    expect(parse(text)).toMatchObject({ metadata: { namespace: '1e3' }, spec: { template: { spec: { volumes: [{ persistentVolumeClaim: { claimName: 'no' } }] } } } })
    expect(text).toContain('claimName: "no"')
  })

  it('leaves nothing in a command for Kubernetes to expand', () => {
    const profile = profileOf({ command: ['sh', '-c', 'exec fairwait "$@" # $(HOME)', '--'] })
    expect(parse(jobManifest(job({ profile })))).toMatchObject({
      spec: { template: { spec: { containers: [{ command: ['sh', '-c', 'exec fairwait "$$@" # $$(HOME)', '--'] }] } } },
    })
  })

  it('has a name that is short enough for its pods, ends well, and differs between submissions', () => {
    const long = `${'a'.repeat(36)}-${'b'.repeat(60)}`
    const names = ['11111111', '22222222'].map((id) => (parse(jobManifest(job({ name: long, id }))) as { metadata: { name: string } }).metadata.name)
    for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,54}[a-z0-9])?$/)
    expect(names[0]).not.toBe(names[1])
    expect(names[0]).not.toContain('--')
  })
})
