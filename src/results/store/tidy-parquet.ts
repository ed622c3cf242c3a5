/**
 * Tidy tables as Parquet, a row group at a time. Each row group has its own dictionaries, so that a table with a
 * million run ids costs no more a row than one with ten.
 */
import type { ColumnMetaData } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { CodedColumn, NumberColumn } from '../parquet-columns.ts'

/** A column of a tidy table: few different texts or whole numbers, or doubles. */
export interface TidyColumn {
  readonly name: string
  readonly kind: 'text' | 'integer' | 'number'
}

/** Rows that are encoded together: large enough to compress, small enough to hold. */
export const ROW_GROUP_ROWS = 100_000

type Columns = ReadonlyMap<string, CodedColumn | NumberColumn>

/** A Parquet table under construction. Bytes are handed out as they are made; none are kept. */
export class TidyParquet {
  readonly #columns: readonly TidyColumn[]
  readonly #rowGroupRows: number
  readonly #capacity: number
  readonly #writer = new ByteWriter(1 << 20)
  readonly #parquet: ParquetWriter
  #group: Columns
  #rows = 0

  /**
   * @param mostRowsAtOnce most rows that one call of `addRows` asks for
   * @param rowGroupRows rows that make a row group; fewer where a table is known to be small
   */
  constructor(columns: readonly TidyColumn[], mostRowsAtOnce: number, rowGroupRows = ROW_GROUP_ROWS) {
    this.#columns = columns
    this.#rowGroupRows = rowGroupRows
    this.#capacity = rowGroupRows + mostRowsAtOnce
    this.#group = this.#newGroup()
    const schema = [
      { name: 'root', num_children: columns.length },
      ...[...this.#group.values()].map((column) => column.schema),
    ]
    this.#parquet = new ParquetWriter({ writer: this.#writer, schema, createdBy: 'fairwait' })
  }

  /** A text or whole-number column of the row group at hand. */
  coded(name: string): CodedColumn {
    const column = this.#group.get(name)
    if (column instanceof CodedColumn) return column
    throw new Error(`the table has no such coded column: ${name}`)
  }

  /** A column of doubles of the row group at hand; NaN is written as null. */
  numbers(name: string): NumberColumn {
    const column = this.#group.get(name)
    if (column instanceof NumberColumn) return column
    throw new Error(`the table has no such column of numbers: ${name}`)
  }

  /** Makes room for rows, sets the columns in which they are all the same, and returns the index of the first. */
  addRows(count: number, same: Readonly<Record<string, string | number>>): number {
    const first = this.#rows
    this.#rows += count
    for (const name in same) {
      const column = this.coded(name)
      column.codes.fill(column.code(same[name]), first, this.#rows)
    }
    return first
  }

  /** Whether a row group is complete and should be flushed. */
  get isFull(): boolean {
    return this.#rows >= this.#rowGroupRows
  }

  /** Encodes the rows so far; the bytes are valid until the next call. */
  flush(): Uint8Array {
    if (this.#rows > 0) this.#encode()
    return this.#taken()
  }

  /** Ends the table: its last bytes. */
  finish(): Uint8Array {
    if (this.#rows > 0) this.#encode()
    void this.#parquet.finish()
    return this.#taken()
  }

  #encode(): void {
    const rows = this.#rows
    const chunks = [...this.#group.values()].map((column) => {
      const start = BigInt(this.#writer.offset)
      return { file_offset: start, meta_data: column.writeChunk(this.#writer, rows) }
    })
    const sum = (of: (data: ColumnMetaData) => bigint): bigint => chunks.reduce((total, { meta_data }) => total + of(meta_data), 0n)
    this.#parquet.num_rows += BigInt(rows)
    this.#parquet.row_groups.push({
      columns: chunks,
      num_rows: BigInt(rows),
      total_byte_size: sum((data) => data.total_uncompressed_size),
      total_compressed_size: sum((data) => data.total_compressed_size),
    })
    this.#rows = 0
    this.#group = this.#newGroup()
  }

  #taken(): Uint8Array {
    const bytes = this.#writer.getBytes()
    this.#writer.index = 0
    return bytes
  }

  #newGroup(): Columns {
    return new Map(
      this.#columns.map(({ name, kind }) => [
        name,
        kind === 'number' ? new NumberColumn(name, this.#capacity) : new CodedColumn(name, kind, this.#capacity),
      ]),
    )
  }
}
