// A person's shell without an appliance: a test says what it shows and how it ends, and hears what it is told.
import type { PersonShell } from '../../shared/domain/connection.ts'
import type { TerminalSize } from '../../shared/domain/terminal.ts'

export type PretendShell = PersonShell & {
  show(text: string | Uint8Array): void
  /** The shell itself ends; undefined: its link does. */
  end(exitCode?: number): void
  /** What was typed. */
  readonly keys: string[]
  readonly sizes: TerminalSize[]
  /** Pieces that nobody has taken yet. */
  waiting(): number
  isClosed(): boolean
}

export function pretendShell(): PretendShell {
  const pieces: Uint8Array[] = []
  const [keys, sizes]: [string[], TerminalSize[]] = [[], []]
  let isOver = false
  let isClosed = false
  let wake = (): void => undefined
  let settle = (_code: number | undefined): void => undefined
  const ended = new Promise<number | undefined>((resolve) => {
    settle = resolve
  })
  async function* read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = pieces.shift()
      if (next !== undefined) yield next
      else if (isOver) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  }
  const end = (exitCode?: number): void => {
    isOver = true
    settle(exitCode)
    wake()
  }
  return {
    ...{ output: read(), ended, keys, sizes, end },
    show(text) {
      pieces.push(typeof text === 'string' ? Buffer.from(text) : text)
      wake()
    },
    waiting: () => pieces.length,
    isClosed: () => isClosed,
    type: async (typed) => void keys.push(Buffer.from(typed).toString()),
    resize: (size) => void sizes.push(size),
    close() {
      isClosed = true
      end()
    },
  }
}
