/** ro-crate-metadata.json, RO-Crate 1.1: what a folder is, its files, what they were made from and by what. */

/** Name of the file. */
export const RO_CRATE_FILE = 'ro-crate-metadata.json'

/** A file of the folder; size and hash where the crate states them. */
export interface CrateFile {
  readonly path: string
  readonly bytes?: number
  readonly sha256?: string
}

/** A folder of results. */
export interface Crate {
  readonly title: string
  readonly description: string
  readonly engine: { readonly name: string; readonly version: string }
  /** Day on which it was made, ISO date. */
  readonly made: string
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[]
  /** Id of the entity of what made the files, such as `#run`, and what it is called. */
  readonly action: { readonly id: string; readonly name: string }
  readonly files: readonly CrateFile[]
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const LICENCE = {
  title: 'Open Government Licence v3.0',
  path: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
}

/** The crate's text. */
export function roCrateJson({ title, description, engine, made, inputs, action, files }: Crate): string {
  const named = inputs.map(({ path, sha256 }, index) => ({ '@id': `#input-${index}`, '@type': 'CreativeWork', name: path, sha256 }))
  const graph = [
    {
      '@id': RO_CRATE_FILE,
      '@type': 'CreativeWork',
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
      about: { '@id': './' },
    },
    {
      '@id': './',
      '@type': 'Dataset',
      name: title,
      description,
      datePublished: made,
      license: { '@id': LICENCE.path },
      hasPart: files.map(({ path }) => ({ '@id': path })),
      mentions: { '@id': action.id },
    },
    { '@id': LICENCE.path, '@type': 'CreativeWork', name: LICENCE.title },
    ...files.map(part),
    ...named,
    { '@id': '#engine', '@type': 'SoftwareApplication', name: engine.name, softwareVersion: engine.version },
    {
      '@id': action.id,
      '@type': 'CreateAction',
      name: action.name,
      instrument: { '@id': '#engine' },
      object: named.map(({ '@id': id }) => ({ '@id': id })),
      result: files.map(({ path }) => ({ '@id': path })),
    },
  ]
  return `${JSON.stringify({ '@context': 'https://w3id.org/ro/crate/1.1/context', '@graph': graph }, null, 2)}\n`
}

function part({ path, bytes, sha256 }: CrateFile): object {
  return {
    '@id': path,
    '@type': 'File',
    name: path,
    encodingFormat: MEDIA_TYPES[path.slice(path.lastIndexOf('.') + 1)],
    ...(bytes !== undefined && { contentSize: String(bytes) }),
    ...(sha256 !== undefined && { sha256 }),
  }
}
