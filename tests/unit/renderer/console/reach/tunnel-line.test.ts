// The line that a person pastes: the real login, host and ports, through the jump hosts in their order.
import { describe, expect, it } from 'vitest'
import { tunnelLine } from '../../../../../renderer/console/reach/tunnel-line.ts'

const address = { host: 'ward-7.example', port: 2222, user: 'ops' }

describe('the line of a tunnel', () => {
  it('leads from the same port here to the one on the appliance', () => {
    expect(tunnelLine({ address }, 8400)).toBe('ssh -N -L 8400:127.0.0.1:8400 -p 2222 ops@ward-7.example')
  })

  it('goes through jump hosts in the order in which they are dialled, and quotes what a shell would read', () => {
    const via = [
      { address: { host: 'door', port: 22, user: 'gate' }, credentialId: 'a' },
      { address: { host: 'fe80::1', port: 2200, user: 'in' }, credentialId: 'b' },
    ]
    expect(tunnelLine({ address, via }, 8410)).toBe(
      "ssh -N -L 8410:127.0.0.1:8410 -J 'gate@door:22,in@[fe80::1]:2200' -p 2222 ops@ward-7.example",
    )
  })
})
