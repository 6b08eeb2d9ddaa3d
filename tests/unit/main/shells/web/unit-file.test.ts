import { describe, expect, it } from 'vitest'
import { unitText } from '../../../../../main/shells/web/unit-file.ts'

const plain = {
  node: '/usr/bin/node',
  launcher: '/opt/rackside/scripts/rackside.mjs',
  port: undefined,
  hasPassphrase: false,
}

describe('the unit file of the service', () => {
  it('gives it a user of its own, no rights, and one folder to write in', () => {
    const lines = unitText(plain).split('\n')
    for (const line of [
      'User=rackside',
      'NoNewPrivileges=yes',
      'CapabilityBoundingSet=',
      'ProtectSystem=strict',
      'SystemCallFilter=@system-service',
      'StateDirectory=rackside-console',
      // Wrong words, an open secret, the wrong passphrase, a refusal to serve: no better the next time.
      'RestartPreventExitStatus=2 84 80 249',
    ])
      expect(lines).toContain(line)
    expect(lines).toContain('ExecStart=/usr/bin/node /opt/rackside/scripts/rackside.mjs serve')
  })

  it('hands over the key of its certificate as a credential that root keeps', () => {
    const text = unitText({ ...plain, network: { address: '10.20.0.5', names: ['ai.hospital.example', '10.20.0.5'] } })
    expect(text).toContain('LoadCredential=tls-key:/etc/rackside/tls-key.pem')
    expect(text).toContain(
      'serve --address 10.20.0.5 --tls-name ai.hospital.example --tls-certificate ${CREDENTIALS_DIRECTORY}/tls-certificate --tls-key ${CREDENTIALS_DIRECTORY}/tls-key',
    )
  })

  it('keeps words together, and means % and $ as they are', () => {
    const text = unitText({ ...plain, launcher: '/opt/my apps/100%/$x/rackside.mjs' })
    expect(text).toContain('ExecStart=/usr/bin/node "/opt/my apps/100%%/$$x/rackside.mjs" serve')
  })
})
