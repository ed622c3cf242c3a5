/** What is said about cluster profiles. */
export const profileText = {
  empty: 'the profile is empty; write "schemaVersion: 1" and a block "slurm" or "kubernetes"',
  notAProfile: 'a profile is a block of settings, not a list or a single value',
  time: 'must be minutes, or text as Slurm takes it: "MM:SS", "HH:MM:SS" or "D-HH:MM:SS", of at least one minute',
  memory: 'must be a whole number and K, M, G or T, such as 2G',
  name: 'must be letters, digits and . _ - only',
  setup: 'must be one line of shell',
  option: 'must be one long option of sbatch, such as "--constraint=avx2", without spaces or quotes',
  ownOption: (option: string): string => `${option} is set by Fairwait; use the profile's own keys in its place`,
  argument: 'must be text of at least one character without line breaks',
  grace: (grace: number, time: string): string =>
    `${grace} seconds leave nothing of the time limit of ${time}; write fewer, or a longer time`,
  image: 'must be the name of a container image: letters, digits and . _ - / : @ only',
  label: 'must be a Kubernetes name: lower-case letters, digits and -, at most 63',
  folder: 'must be a path of letters, digits and . _ - /, without ".."',
  quantity: 'must be a Kubernetes quantity, such as 500m, 2 or 2Gi',
  noBlock: (wanted: string): string => `the profile has no block "${wanted}"; add one to use "--on ${wanted}"`,
} as const
