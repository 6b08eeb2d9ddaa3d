// A Connection is the only way to an appliance: ssh, local or demo stand behind it. It arrives as an
// argument in every phase. Every call has one overall deadline, channel opening included; every
// remote process it starts holds its stdin as a lease and ends with the link.
import type { Artifact } from './artifact.ts'
import type { Command, Privilege, Script } from './command.ts'
import type { Failure, Result } from './failure.ts'
import type { TerminalSize } from './terminal.ts'

export type RunOptions = {
  readonly as: Privilege
  readonly deadlineSeconds: number
  /** Bytes for the command's standard input; without it the command reads end of file at once. */
  readonly stdin?: string | Uint8Array
  /** Bytes of stdout kept (default 4 MiB); what comes beyond is dropped and `truncated` says so. */
  readonly outputLimitBytes?: number
  /** When it resolves the call ends with `cancelled`, and what it runs is ended. */
  readonly stopped?: Promise<void>
}

export type RunOutcome = {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly truncated: boolean
}

export type StreamOptions = {
  readonly as: Privilege
  /** Seconds until the remote process must have started; the stream itself lives as long as it is held. */
  readonly deadlineSeconds: number
}

/** A long-lived remote process. `close` ends its lease; the remote group is gone at most 30 s later. */
export type RemoteStream = {
  readonly output: AsyncIterable<Uint8Array>
  /** Resolves with the exit code, or undefined when the link was lost first. */
  readonly ended: Promise<number | undefined>
  close(): void
}

/** Where an artifact's bytes come from on this computer. */
export type ByteSource = {
  /** A piece holds its bytes until the one after it is asked for. */
  read(offset: number, length: number): AsyncIterable<Uint8Array>
  /** What begins there was just read for another upload of the same file: sent next, it is not read again. */
  atHand?(offset: number): boolean
  /** Why a read threw, where that is nobody's mistake: the file is gone, or its disk. */
  problem?(): Failure | undefined
  /** The upload is over: nothing is kept for it any more. */
  close?(): void
}

export type PutProgress = { readonly sentBytes: number; readonly doneBytes: number; readonly totalBytes: number }
export type PutOptions = {
  readonly onProgress: (progress: PutProgress) => void
  /** What the upload may take of the network. */
  readonly limitBytesPerSecond?: number | undefined
  /** Once it resolves, what is on its way is given up; what is on the appliance's disk stays there for the next one. */
  readonly stopped?: Promise<void>
}
export type PutOutcome = { readonly sentBytes: number; readonly skippedBytes: number }

export type HttpRequest = {
  readonly port: number
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Seconds until the response head must be there. */
  readonly deadlineSeconds: number
  /** Seconds without a byte of the body after which the response counts as dead. Default 60. */
  readonly idleSeconds?: number
  /** When it resolves the request is closed at once: it fails, or its body breaks off. */
  readonly stopped?: Promise<void>
}

export type HttpResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Throws when the response breaks off. Leaving the loop early closes the request. */
  readonly body: AsyncIterable<Uint8Array>
  /**
   * The same body, read instead of `body` by who wants each piece in the moment in which it arrives: no turn of the event
   * loop lies between. Resolves at its end or after 'enough', which closes the request; rejects where the loop would throw.
   */
  readonly push: (take: (piece: Uint8Array) => 'more' | 'enough') => Promise<void>
}

/** One message of a container's log, as the engine stored it: a line, or a piece of a long one. */
export type EngineLogMessage = {
  /** UTC, with nine digits of a second; empty where the engine did not say. */
  readonly at: string
  readonly stream: 'stdout' | 'stderr'
  /** Without its line end; of a long one the beginning. */
  readonly bytes: Uint8Array
  /** So many more were in it. */
  readonly cutBytes: number
  readonly endsLine: boolean
}

export type EngineLogAsked = {
  /** Goes on until the container stops. */
  readonly follow: boolean
  /** Undefined: all of it. */
  readonly tailLines: number | undefined
  /** Seconds since 1970 with nine digits behind the point, and from then on. */
  readonly since: string | undefined
  /** Its program has a terminal, so that the engine does not tell one stream from the other. */
  readonly hasTerminal: boolean
}

/** A container's log as it comes; a reader that is slow holds the engine back. */
export type EngineLog = {
  /** Returns why it ended, or undefined at its regular end. */
  readonly messages: AsyncGenerator<readonly EngineLogMessage[], Failure | undefined>
  close(): void
}

/** The engine's own REST API. Answers are raw JSON of a hostile machine: only readers may look inside. */
export type EngineApi = {
  /** Inspect answers of all containers with a `rackside.deployment` label. */
  inspectContainers(): Promise<Result<readonly unknown[]>>
  /** Inspect answers of all images. */
  inspectImages(): Promise<Result<readonly unknown[]>>
  /** Networks with a `rackside.deployment` label. */
  listNetworks(): Promise<Result<readonly unknown[]>>
  /** The end of a container's log, both streams, at most 64 KiB. */
  containerLog(idOrName: string, lines: number): Promise<Result<string>>
  /** Takes a channel of its own, for as long as it is read. */
  followLog(idOrName: string, asked: EngineLogAsked): Promise<Result<EngineLog>>
}

/** A person's shell in a terminal of its own. A reader that is slow holds it back; it ends with the link. */
export type PersonShell = {
  readonly output: AsyncIterable<Uint8Array>
  /** The exit code, or undefined when the link was lost first. */
  readonly ended: Promise<number | undefined>
  /** Resolves when the appliance has taken them, or never will. */
  type(keys: Uint8Array): Promise<void>
  resize(size: TerminalSize): void
  close(): void
}

export interface Connection {
  /** Of root it has facts and samples; whatever else needs root fails with watch-only. */
  readonly watchOnly?: true
  run(what: Command | Script, options: RunOptions): Promise<Result<RunOutcome>>
  stream(what: Command | Script, options: StreamOptions): Promise<Result<RemoteStream>>
  /**
   * Brings an artifact to /var/lib/rackside/artifacts/sha256-<hex>, root-owned. Chunks that are already
   * recorded there are not sent again; the file is renamed into place when every chunk's hash agreed.
   */
  put(artifact: Artifact, source: ByteSource, options: PutOptions): Promise<Result<PutOutcome>>
  engine(): EngineApi
  /** HTTP to a port on the appliance's own loopback. */
  http(request: HttpRequest): Promise<Result<HttpResponse>>
  /** The login's own shell. Missing where a terminal cannot be had. */
  openShell?(size: TerminalSize): Promise<Result<PersonShell>>
  close(): Promise<void>
}
