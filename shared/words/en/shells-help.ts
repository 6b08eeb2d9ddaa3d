// English: the commands and options of windows and of the service, as the help shows them.
import type { HelpWords } from '../help-words.ts'

export const shellsHelp = {
  start: [['', "the window: the desktop's, or the browser's where there is none"]],
  desktop: [['', 'the desktop window']],
  serve: [
    ['[--unit]', 'no window: watch the appliances of the list, as a service; --unit prints its systemd unit'],
    ['--address IP --tls-certificate FILE --tls-key FILE', 'the same, for signed-in operators on the local network'],
  ],
  web: [['[--port N] [--import FOLDER] [--no-open]', 'the browser']],
} as const satisfies Partial<HelpWords['commands']>

export const shellOptions = {
  unit: ['', 'serve: only print the unit file, and how it is installed'],
  port: [
    'N',
    'web, serve: this port instead of a free one; plan, setup: SERVICE=N, the port of the server where a service answers,\nor SERVICE=default; again for the next one. It stays until somebody says otherwise',
  ],
  import: ['FOLDER', 'web: where bundles are, or a bundle'],
  'no-open': ['', 'web: open no browser'],
  'metrics-token-file': [
    'FILE',
    'web, serve: give /metrics (Prometheus) and /health to whoever shows the token in this file (32 characters or\nmore, readable by you alone) as a bearer token; without it there is neither',
  ],
  address: [
    'IP',
    'serve: at this address of this computer instead of 127.0.0.1; with a certificate and named operators only',
  ],
  'tls-name': ['NAME', 'serve: the name that people type for that address; it stands in the certificate'],
  'tls-certificate': ['FILE', 'serve: the certificate (PEM), its chain behind it; read at the start'],
  'tls-key': ['FILE', 'serve: its private key (PEM), readable by you alone'],
} as const satisfies Partial<HelpWords['options']>
