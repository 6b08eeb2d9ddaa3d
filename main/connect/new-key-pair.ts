// Keys that Rackside makes: those it logs in with itself, and those of the demo appliances.
import ssh2 from 'ssh2'
import { Secret } from '../../shared/domain/command.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { readPrivateKey } from './private-key.ts'

/** An ed25519 key, as OpenSSH writes it. About one in 300 that ssh2 1.17 makes cannot be read, not even by itself. */
export function newPrivateKey(): Secret {
  for (;;) {
    const made = ssh2.utils.generateKeyPairSync('ed25519').private
    if (!(ssh2.utils.parseKey(made) instanceof Error)) return new Secret(made)
  }
}

/** The public blob as base64. */
export function publicKeyOf(privateKey: Secret): Result<string> {
  const key = readPrivateKey({ privateKey })
  return key.ok ? ok(key.value.getPublicSSH().toString('base64')) : key
}
