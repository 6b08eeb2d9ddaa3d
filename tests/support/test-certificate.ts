// A certificate of this computer's loopback that signs itself, made once for a run; undefined without openssl.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TestCertificate = { readonly key: string; readonly cert: string }

export function testCertificate(): TestCertificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-test-'))
  try {
    return madeIn(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function madeIn(folder: string): TestCertificate | undefined {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const { status } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert],
  ])
  return status === 0 ? { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') } : undefined
}
