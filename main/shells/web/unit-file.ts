// The systemd unit that keeps `rackside serve` running, as this installation would be started: printed, so that an
// administrator reads it before it becomes a file of the system.

export type UnitParts = {
  /** Absolute: of Node, and of the launcher. */
  readonly node: string
  readonly launcher: string
  readonly port: number | undefined
  /** A vault with a passphrase is to be opened. */
  readonly hasPassphrase: boolean
  /** A site's own monitoring reads what is measured. */
  readonly hasMetricsToken?: boolean
}

export const unitName = 'rackside.service'
const serviceUser = 'rackside'
const serviceFolder = '/var/lib/rackside-console'
const passphraseFile = '/etc/rackside/vault-passphrase'
const metricsTokenFile = '/etc/rackside/metrics-token'

/** Of a user of its own, with a state folder of its own, that may write nowhere else. */
export function unitText({ node, launcher, port, hasPassphrase, hasMetricsToken = false }: UnitParts): string {
  const words = [node, launcher, 'serve', ...(port === undefined ? [] : ['--port', `${port}`])]
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
    `ExecStart=${words.map(unitWord).join(' ')}${opening}${metrics}`,
    'Restart=on-failure',
    'RestartSec=5',
    // A run that is going on gets to the end of its step.
    'TimeoutStopSec=30',
    'UMask=0077',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'ProtectHome=read-only',
    'PrivateTmp=yes',
    'PrivateDevices=yes',
    'ProtectKernelTunables=yes',
    'ProtectControlGroups=yes',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
    'LockPersonality=yes',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ].join('\n')
}

/** `%` and `$` mean something to systemd; a space ends a word. */
function unitWord(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(plain) ? plain : `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
