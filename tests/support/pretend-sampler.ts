// An appliance that only samples: its connection hands out streams on which a test writes what the sampler's
// script would have printed.
import { byteQueue } from '../../main/connect/byte-queue.ts'
import type { Connection, RemoteStream, StreamOptions } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok } from '../../shared/domain/failure.ts'
import { readScriptHead } from '../../shared/domain/script-head.ts'
import { frameText } from '../../shared/facts/frames.ts'

export type PretendStream = {
  readonly as: StreamOptions['as']
  readonly nonce: string
  /** From one tick to the next, as it was asked for. */
  readonly seconds: number
  /** One tick as the script prints it; without host lines those of an idle machine. */
  tick(tick?: { readonly host?: string; readonly answers?: string }): void
  write(text: string | Uint8Array): void
  /** Undefined: the link was lost. */
  end(exitCode: number | undefined): void
  closed(): boolean
  /** Whether bytes wait on the appliance because nobody reads them here. */
  heldBack(): boolean
}

export type PretendSampler = {
  readonly connection: Connection
  readonly streams: PretendStream[]
  newest(): PretendStream
  /** From now on starting a stream fails with this; undefined takes it back. */
  refuse(refusal: ((as: StreamOptions['as']) => Failure | undefined) | undefined): void
  closedConnections(): number
}

export function pretendSampler(): PretendSampler {
  const streams: PretendStream[] = []
  let refusal: ((as: StreamOptions['as']) => Failure | undefined) | undefined
  let closed = 0
  const connection: Pick<Connection, 'stream' | 'run' | 'close'> = {
    async stream(what, { as }) {
      const refused = refusal?.(as)
      if (refused !== undefined) return fail(refused)
      const head = 'text' in what ? readScriptHead(what.text) : undefined
      const { nonce, intervalSeconds: seconds } = head?.block === 'sampler' ? head : { nonce: '', intervalSeconds: 0 }
      const { remote, stream } = pretendStream({ as, nonce, seconds })
      streams.push(stream)
      return ok(remote)
    },
    /** Nobody knows what is installed there. */
    run: async () => fail({ kind: 'facts-unreadable', detail: 'only samples come from here' }),
    async close() {
      closed += 1
    },
  }
  return {
    // Sampling may use nothing else of a connection.
    connection: connection as Connection,
    streams,
    newest() {
      const stream = streams.at(-1)
      if (stream === undefined) throw new Error('no stream was started')
      return stream
    },
    refuse: (next) => {
      refusal = next
    },
    closedConnections: () => closed,
  }
}

type Asked = Pick<PretendStream, 'as' | 'nonce' | 'seconds'>

function pretendStream(asked: Asked): { remote: RemoteStream; stream: PretendStream } {
  const { nonce } = asked
  let closed = false
  let heldBack = false
  const hold = (held: boolean) => {
    heldBack = held
  }
  let ticks = 0
  let settle: (exitCode: number | undefined) => void = () => undefined
  const ended = new Promise<number | undefined>((resolve) => {
    settle = resolve
  })
  const end = (exitCode: number | undefined) => {
    queue.end()
    settle(exitCode)
  }
  // Bytes that are on their way still come, as over SSH.
  const close = () => {
    closed = true
    settle(undefined)
  }
  const queue = byteQueue({ pause: () => hold(true), resume: () => hold(false), abandon: close })
  const write = (bytes: string | Uint8Array) => queue.push(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  const stream: PretendStream = {
    ...asked,
    write,
    tick: ({ host = hostText(ticks), answers = '' } = {}) => {
      write(`\n${nonce} tick ${ticks}\n${host}${answers}\n${nonce} over\n`)
      ticks += 1
    },
    end,
    closed: () => closed,
    heldBack: () => heldBack,
  }
  return { remote: { output: queue.output, ended, close }, stream }
}

/** Ten percent busy from one tick to the next. */
function hostText(tick: number): string {
  return `cpu  ${1000 + tick * 20} 0 0 ${5000 + tick * 180} 0 0 0 0 0 0\nMemTotal: 1000 kB\nMemAvailable: 250 kB\n`
}

/** A frame of nvidia-smi with one row for each utilization. */
export function nvidiaAnswer(nonce: string, ...utilizations: readonly number[]): string {
  const head = 'index, memory.total [MiB], memory.used [MiB], utilization.gpu [%], temperature.gpu, power.draw [W]\n'
  const rows = utilizations.map((one, index) => `${index}, 97871, 4, ${one}, 31, 71.50\n`)
  return frameText(nonce, 'nvidia-smi', head + rows.join(''))
}
