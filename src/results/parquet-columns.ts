/**
 * Parquet columns from codes and doubles. hyparquet-writer's own columns look every value up in a map and copy it
 * five times, about 90 ns a value, and a study has a hundred million. These pages are made by its
 * page functions from arrays that are columns already, about a tenth of the time.
 */
import type { ColumnMetaData, Encoding, SchemaElement } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import { writePlain } from 'hyparquet-writer/src/plain.js'
import { snappyCompress } from 'hyparquet-writer/src/snappy.js'

/** A column of a table under construction, holding the rows of one row group at a time. */
export interface ParquetColumn {
  readonly schema: SchemaElement
  /** Appends the first `rows` rows as a column chunk. */
  writeChunk(writer: ByteWriter, rows: number): ColumnMetaData
}

/** Text or whole numbers of which there are few different ones: a dictionary, and a code for each row. */
export class CodedColumn implements ParquetColumn {
  readonly schema: SchemaElement
  readonly codes: Int32Array
  readonly #codeOf = new Map<string | number, number>()

  /** @param capacity most rows of a row group */
  constructor(name: string, kind: 'text' | 'integer', capacity: number) {
    this.schema =
      kind === 'text'
        ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }
        : { name, type: 'INT32', repetition_type: 'REQUIRED' }
    this.codes = new Int32Array(capacity)
  }

  /** The code of a value, given when first asked for. */
  code(value: string | number): number {
    let code = this.#codeOf.get(value)
    if (code === undefined) {
      code = this.#codeOf.size
      this.#codeOf.set(value, code)
    }
    return code
  }

  writeChunk(writer: ByteWriter, rows: number): ColumnMetaData {
    const start = writer.offset
    const values = [...this.#codeOf.keys()]
    const dictionary = new ByteWriter()
    writePlain(dictionary, values, this.schema.type ?? 'BYTE_ARRAY', undefined)
    const dictionaryBytes = writeDictionaryPage(writer, dictionary.getBytes(), values.length)
    const page = new ByteWriter()
    // One bit at least: some readers do not expect codes of no width.
    const bitWidth = Math.max(1, Math.ceil(Math.log2(values.length)))
    page.appendUint8(bitWidth)
    writeRleBitPackedHybrid(page, this.codes.subarray(0, rows), bitWidth)
    const dataAt = writer.offset
    const dataBytes = writeDataPage(writer, {
      encoding: 'RLE_DICTIONARY',
      rows,
      nulls: 0,
      levels: NO_LEVELS,
      values: page.getBytes(),
    })
    return {
      ...chunkMetadata(
        this.schema,
        ['PLAIN', 'RLE_DICTIONARY'],
        rows,
        writer.offset - start,
        dictionaryBytes + dataBytes,
      ),
      dictionary_page_offset: BigInt(start),
      data_page_offset: BigInt(dataAt),
    }
  }
}

/** Doubles; NaN is written as null. */
export class NumberColumn implements ParquetColumn {
  readonly schema: SchemaElement
  readonly values: Float64Array

  /** @param capacity most rows of a row group */
  constructor(name: string, capacity: number) {
    this.schema = { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }
    this.values = new Float64Array(capacity)
  }

  writeChunk(writer: ByteWriter, rows: number): ColumnMetaData {
    const start = writer.offset
    const present = new Uint8Array(rows)
    const view = new DataView(new ArrayBuffer(rows * 8))
    let count = 0
    for (let row = 0; row < rows; row++) {
      if (Number.isNaN(this.values[row])) continue
      present[row] = 1
      view.setFloat64(count * 8, this.values[row], true)
      count++
    }
    const levels = new ByteWriter()
    writeRleBitPackedHybrid(levels, present, 1)
    const values = new Uint8Array(view.buffer, 0, count * 8)
    const bytes = writeDataPage(writer, {
      encoding: 'PLAIN',
      rows,
      nulls: rows - count,
      levels: levels.getBytes(),
      values,
    })
    return {
      ...chunkMetadata(this.schema, ['PLAIN'], rows, writer.offset - start, bytes),
      data_page_offset: BigInt(start),
    }
  }
}

const NO_LEVELS = new Uint8Array(0)

interface DataPage {
  readonly encoding: Encoding
  readonly rows: number
  readonly nulls: number
  /** Definition levels; never compressed. */
  readonly levels: Uint8Array
  readonly values: Uint8Array
}

/** Appends a page and returns its size before compression, header included. */
function writeDataPage(writer: ByteWriter, { encoding, rows, nulls, levels, values }: DataPage): number {
  const compressed = snappyCompress(values)
  const start = writer.offset
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levels.length + values.length,
    compressed_page_size: levels.length + compressed.length,
    data_page_header_v2: {
      num_values: rows,
      num_nulls: nulls,
      num_rows: rows,
      encoding,
      definition_levels_byte_length: levels.length,
      repetition_levels_byte_length: 0,
      is_compressed: true,
    },
  })
  const header = writer.offset - start
  writer.appendBytes(levels)
  writer.appendBytes(compressed)
  return header + levels.length + values.length
}

/** Appends a dictionary and returns its size before compression, header included. */
function writeDictionaryPage(writer: ByteWriter, values: Uint8Array, count: number): number {
  const compressed = snappyCompress(values)
  const start = writer.offset
  writePageHeader(writer, {
    type: 'DICTIONARY_PAGE',
    uncompressed_page_size: values.length,
    compressed_page_size: compressed.length,
    dictionary_page_header: { num_values: count, encoding: 'PLAIN' },
  })
  const header = writer.offset - start
  writer.appendBytes(compressed)
  return header + values.length
}

function chunkMetadata(
  schema: SchemaElement,
  encodings: Encoding[],
  rows: number,
  compressedBytes: number,
  uncompressedBytes: number,
): Omit<ColumnMetaData, 'data_page_offset'> {
  return {
    type: schema.type ?? 'BYTE_ARRAY',
    encodings,
    path_in_schema: [schema.name],
    codec: 'SNAPPY',
    num_values: BigInt(rows),
    total_compressed_size: BigInt(compressedBytes),
    total_uncompressed_size: BigInt(uncompressedBytes),
  }
}
