// One demo appliance from its start to the end of the console: a machine, its power, and the SSH server in front.

import type { ServerChannel } from 'ssh2'
import type { Address } from '../../shared/domain/appliance.ts'
import { type DemoPreset, type DrillName, drillName } from '../../shared/domain/demo.ts'
import { type CarryOut, carrierFor } from './blocks/carry-out.ts'
import { loginKeysOf } from './blocks/login-keys-work.ts'
import { setDrill } from './drills.ts'
import { answerPerson } from './link/answer-person.ts'
import { serveLease } from './link/leased-work.ts'
import { linkPace } from './link/link-speed.ts'
import { serveTerminal } from './link/person-terminal.ts'
import { openSshFront, type SshFront, type SshFrontOptions } from './link/ssh-front.ts'
import { drillIsOn, type Machine, noTraffic } from './machine.ts'
import type { MachineState } from './machine-state.ts'
import { fingerprintOfKey } from './own-keys.ts'
import { personShell } from './person-shell.ts'
import { type PowerSupply, powerSupply } from './power-supply.ts'
import { saverOf } from './save-soon.ts'
import { type ServiceDial, serviceDial } from './services/dial-service.ts'
import { simulateWard } from './services/ward-traffic.ts'

export type DemoOptions = {
  /** What the machine was when it was saved last, or a new one. */
  readonly state: MachineState
  /** OpenSSH public key that may log in. */
  readonly loginKey: string
  /** Called soon after a change, and at the end. */
  readonly save: (state: MachineState) => void
  readonly nowMs: () => number
  /** Resolves early when the signal aborts. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

export type RunningDemo = {
  readonly name: string
  readonly preset: DemoPreset
  readonly address: Address
  /** Of the host key it shows while no drill is on. */
  readonly fingerprint: string
  drills(): DrillName[]
  drill(name: DrillName, on: boolean): Promise<void>
  close(): Promise<void>
}

const user = 'ops'
/** What it opens is a simulation on this computer's loopback, and nothing else. */
const password = 'demo'

/** Rejects when no port of the loopback can be had. */
export async function startDemo({ state, loginKey, save, nowMs, pause }: DemoOptions): Promise<RunningDemo> {
  const saver = saverOf(state, save)
  const change: Machine['change'] = (act) => {
    act(state)
    saver.soon()
  }
  const machine: Machine = { state, change, nowMs, pause, traffic: noTraffic() }
  const power = powerSupply(machine)
  const carryOut = carrierFor(machine, power.signal)
  const services = serviceDial(machine)
  const drill = (name: DrillName, on: boolean) =>
    setDrill({ machine, front, cutPower: () => power.cut(front) }, name, on)
  const front: SshFront = await openSshFront(
    state.port,
    frontOptions({ machine, loginKey, power, carryOut, services, drill }),
  )
  await powerOn(machine, front)
  // Who looks for it in what is saved finds it where it answers.
  saver.now()
  const stopWard = simulateWard(machine)
  return {
    name: state.name,
    preset: state.preset,
    address: { host: '127.0.0.1', port: front.port, user },
    fingerprint: fingerprintOfKey(state.hostKey),
    drills: () => drillName.options.filter((name) => drillIsOn(machine, name)),
    drill,
    async close() {
      power.end()
      stopWard()
      await front.end()
      saver.end()
    },
  }
}

/** A console that was closed is no power cut: what ran goes on, as far as anybody can tell. */
async function powerOn(machine: Machine, front: SshFront): Promise<void> {
  machine.change((state) => {
    state.port = front.port
    // Nobody waited for the end of this one.
    delete state.drills['power-cut']
  })
  if (drillIsOn(machine, 'cut-link')) await front.shut()
}

type Parts = {
  readonly machine: Machine
  readonly loginKey: string
  readonly power: PowerSupply
  readonly carryOut: CarryOut
  readonly services: ServiceDial
  readonly drill: RunningDemo['drill']
}

/** The line of main/connect/lease.ts, with sudo or without. */
const leasedLine = /^exec (?:env LC_ALL=C sudo -n -- )?\/bin\/sh -c 'l=\$\(timeout [0-9]{1,4} [^']* eval "\$l"'$/
/** The line of main/connect/sudo.ts. Here sudo never asks, so the shell behind it announces itself at once. */
const askingLine = /^exec env LC_ALL=C sudo -S -p \S+ -- \/bin\/sh -c 'echo (rackside-shell-[0-9a-f]{32}) >&2; /

/** The line of main/connect/watch-program.ts. */
const watchLine = /^exec env LC_ALL=C sudo -n -- \/usr\/local\/sbin\/rackside-watch /

/** As sudo says it where nobody installed the helper: here nobody can. */
function refuseWatching(channel: ServerChannel): void {
  channel.stderr.write('sudo: a password is required\n')
  channel.exit(1)
  channel.end()
}

function frontOptions({ machine, loginKey, power, carryOut, services, drill }: Parts): SshFrontOptions {
  const pace = linkPace(machine)
  return {
    ...{ user, password },
    loginKeys: () => [loginKey, ...loginKeysOf(machine).map((key) => `ssh-ed25519 ${key}`)],
    hostKey: () => (drillIsOn(machine, 'change-host-key') ? machine.state.otherHostKey : machine.state.hostKey),
    onExec: (line, channel) => {
      if (watchLine.test(line)) return refuseWatching(channel)
      const announcement = askingLine.exec(line)?.[1]
      if (announcement !== undefined) channel.stderr.write(`${announcement}\n`)
      if (announcement !== undefined || leasedLine.test(line))
        serveLease(channel, { carryOut, pace, power: power.signal() })
      else void answerPerson(line, channel, drill)
    },
    onTerminal: (channel) => serveTerminal(channel, personShell(machine, user), power.signal()),
    onForward: services.dial,
  }
}
