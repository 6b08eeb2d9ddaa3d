// The systemd unit that keeps `rackside serve` running, as this installation would be started: printed, so that an
// administrator reads it before it becomes a file of the system.
import { exitCodes } from '../../terminal/exit-codes.ts'
import type { NetworkWords } from './arguments.ts'

export type UnitParts = {
  /** Absolute: of Node, and of the launcher. */
  readonly node: string
  readonly launcher: string
  readonly port: number | undefined
  /** A vault with a passphrase is to be opened. */
  readonly hasPassphrase: boolean
  /** A site's own monitoring reads what is measured. */
  readonly hasMetricsToken?: boolean
  /** It is reached over the local network. */
  readonly network?: Pick<NetworkWords, 'address' | 'names'> | undefined
}

const lastingRefusals = ['usage', 'secret-file-unusable', 'vault-passphrase-wrong', 'serving-refused'] as const

export const unitName = 'rackside.service'
const serviceUser = 'rackside'
const serviceFolder = '/var/lib/rackside-console'
const passphraseFile = '/etc/rackside/vault-passphrase'
const metricsTokenFile = '/etc/rackside/metrics-token'
const certificateFile = '/etc/rackside/tls-certificate.pem'
const keyFile = '/etc/rackside/tls-key.pem'

/** Of a user of its own, with a state folder of its own, that may write nowhere else. */
export function unitText(parts: UnitParts): string {
  const { node, launcher, port, hasPassphrase, hasMetricsToken = false, network } = parts
  const words = [node, launcher, 'serve', ...(port === undefined ? [] : ['--port', `${port}`]), ...namedWords(network)]
  const opening = hasPassphrase ? ' --vault-passphrase-file ${CREDENTIALS_DIRECTORY}/vault-passphrase' : ''
  const metrics = hasMetricsToken ? ' --metrics-token-file ${CREDENTIALS_DIRECTORY}/metrics-token' : ''
  return [
    '[Unit]',
    'Description=Rackside watches the AI appliances of this site',
    'After=network-online.target',
    'Wants=network-online.target',
    '',
    '[Service]',
    'Type=exec',
    `User=${serviceUser}`,
    `StateDirectory=${serviceFolder.slice('/var/lib/'.length)}`,
    'StateDirectoryMode=0700',
    `Environment=RACKSIDE_HOME=${serviceFolder}`,
    ...(hasPassphrase ? [`LoadCredential=vault-passphrase:${passphraseFile}`] : []),
    ...(hasMetricsToken ? [`LoadCredential=metrics-token:${metricsTokenFile}`] : []),
    ...(network === undefined
      ? []
      : [`LoadCredential=tls-certificate:${certificateFile}`, `LoadCredential=tls-key:${keyFile}`]),
    `ExecStart=${words.map(unitWord).join(' ')}${network === undefined ? '' : tls}${opening}${metrics}`,
    'Restart=on-failure',
    'RestartSec=5',
    // What it was told is wrong, and is as wrong the next time.
    `RestartPreventExitStatus=${lastingRefusals.map((kind) => exitCodes[kind]).join(' ')}`,
    // A run that is going on gets to the end of its step.
    'TimeoutStopSec=30',
    // Far above what it takes: what a client does not read waits in memory.
    'MemoryMax=4G',
    'UMask=0077',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'ProtectHome=read-only',
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'ProtectKernelTunables=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelLogs=yes',
    'ProtectControlGroups=yes',
    'ProtectClock=yes',
    'ProtectHostname=yes',
    'ProtectProc=invisible',
    'CapabilityBoundingSet=',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'RemoveIPC=yes',
    'LockPersonality=yes',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallErrorNumber=EPERM',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ].join('\n')
}

const tls = ' --tls-certificate ${CREDENTIALS_DIRECTORY}/tls-certificate --tls-key ${CREDENTIALS_DIRECTORY}/tls-key'

function namedWords(network: UnitParts['network']): string[] {
  if (network === undefined) return []
  const name = network.names.find((one) => one !== network.address)
  return ['--address', network.address, ...(name === undefined ? [] : ['--tls-name', name])]
}

/** `%` and `$` mean something to systemd; a space ends a word. */
function unitWord(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(plain) ? plain : `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
