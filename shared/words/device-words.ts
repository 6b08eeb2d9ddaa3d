// About the proof that a model is computed where it was planned: the form of its sentences in every language.
import type {
  ActivityReading,
  DeviceFinding,
  DeviceProofReason,
  DeviceProofState,
  EngineWord,
  ExpectedDevices,
  InsideDevices,
  MeasuredSpeed,
} from '../domain/device-proof.ts'

export type OnAccelerators = Extract<ExpectedDevices, { on: 'accelerators' }>

export type DeviceWords = {
  readonly title: string
  readonly states: { readonly [S in DeviceProofState]: string }
  readonly reasons: { readonly [R in DeviceProofReason]: string }
  /** Parts of one line, each only where it is known. */
  readonly onProcessor: string
  readonly inside: (inside: InsideDevices, expected: OnAccelerators) => string
  readonly log: (word: EngineWord) => string | undefined
  readonly activity: (activity: ActivityReading) => string | undefined
  /** Its speed, where it wrote, and all of it came at once. */
  readonly noSpeed: string
  readonly speed: (tokensPerSecond: number, band: MeasuredSpeed['band']) => string
  readonly finding: (finding: DeviceFinding) => string
  /** What its engine wrote. */
  readonly evidence: string
  readonly begins: (deployment: string, model: string) => string
  readonly writes: (deployment: string) => string
  readonly nothing: string
}
