// A byte stream to a port of the appliance's own loopback. sshd's forwarding is the first way; where
// it is forbidden a relay program on the appliance takes its place, and that is remembered for the
// life of the connection.
import type { Duplex } from 'node:stream'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Call } from './call.ts'
import { forwardedSocket, relayedSocket } from './remote-socket.ts'
import type { Sessions } from './sessions.ts'

const noRelayExitCode = 77
const relaysTried = ['bash', 'socat', 'python3', 'nc']

/** Both directions until the far side ends. Our own end of input does not end it: an answer may still come. */
const pythonRelay = [
  'import os, socket, sys, threading',
  's = socket.create_connection(("127.0.0.1", int(sys.argv[1])))',
  'def up():',
  '  while True:',
  '    d = os.read(0, 65536)',
  '    if not d: break',
  '    s.sendall(d)',
  'threading.Thread(target=up, daemon=True).start()',
  'while True:',
  '  d = s.recv(65536)',
  '  if not d: break',
  '  os.write(1, d)',
].join('\n')

/**
 * The relay must end when the far side closes and must not close our side early (servers take that for
 * an abort). bash, socat and python3 do. nc comes late: OpenBSD's stays after the far side closed, so a
 * broken answer is noticed only by its silence.
 */
function relayScript(port: number): string {
  return `
has() { command -v "$1" >/dev/null 2>&1; }
if has bash; then exec bash -c 'exec 6<&0 5<>/dev/tcp/127.0.0.1/${port} && { cat <&6 >&5 & cat <&5; }'
elif has socat; then exec socat - TCP4:127.0.0.1:${port}
elif has python3; then exec python3 -c '${pythonRelay}' ${port}
elif has nc; then exec nc 127.0.0.1 ${port}
else exit ${noRelayExitCode}
fi
`
}

export type LoopbackPorts = { open(call: Call, port: number): Promise<Result<Duplex>> }

export function loopbackPortsOver(sessions: Sessions): LoopbackPorts {
  let forwardingProhibited = false
  return {
    open: async (call, port) => {
      if (forwardingProhibited) return openRelay(call, sessions, port)
      const opening = await sessions.link.openForward(port)
      if (opening.kind === 'prohibited') {
        forwardingProhibited = true
        return openRelay(call, sessions, port)
      }
      if (opening.kind === 'failed') return fail({ kind: 'http-failed', port, detail: 'refused' })
      const socket = forwardedSocket(sessions.link, opening.stream)
      if (call.ended()) socket.destroy()
      return ok(socket)
    },
  }
}

function openRelay(call: Call, sessions: Sessions, port: number): Promise<Result<Duplex>> {
  return relayedSocket(call, sessions, {
    name: call.what,
    work: relayScript(port),
    as: 'login',
    explainEnd: (exitCode, _stderr, gotBytes) => {
      if (exitCode === noRelayExitCode) {
        return { kind: 'forwarding-refused', port, sshdLine: 'AllowTcpForwarding', relaysTried }
      }
      return gotBytes ? undefined : { kind: 'http-failed', port, detail: 'refused' }
    },
  })
}
