// The recorder: a script of ours under systemd that goes on measuring an appliance while no console watches, into a ring
// of files of a stated size. Where it lies, how it is started, and what can be said of it.
import * as z from 'zod'
import { channelId } from './alert-channel.ts'
import { remoteRecorder } from './remote-layout.ts'
import { sha256Hex } from './sha256.ts'

export const recorderScriptPath = `${remoteRecorder}/recorder.sh`
/** Files `<number>-<seconds since 1970>.frames` in the order in which they were begun; closed ones end in .gz. */
export const recorderRing = `${remoteRecorder}/ring`
/** Root only, for curl: the address, which may hold a token. Its first line is `alertMark`, the second whom it tells. */
export const recorderAlertConfig = `${remoteRecorder}/alert.conf`
/** sh: what it looks for, and what is said of it in the language of the channel. */
export const recorderAlertScript = `${remoteRecorder}/alert.sh`
/** A certificate of the site's own authority. */
export const recorderAlertAuthority = `${remoteRecorder}/alert.pem`
/** What was told, so that it is not told again after a restart; `untold`: that the last try failed. */
export const recorderAlertStates = `${remoteRecorder}/alerts`
export const recorderUnitName = 'rackside-recorder.service'
export const recorderUnitPath = `/etc/systemd/system/${recorderUnitName}`

export const recorderIntervalSeconds = 10
/** All files of the ring together. */
export const recorderLimitBytes = 64 * 1024 * 1024

/** It gives way to whatever else the appliance does, and may never take much of it. */
export const recorderUnit = `[Unit]
Description=Rackside recorder: measures this server while no console watches it
ConditionPathExists=${recorderScriptPath}

[Service]
ExecStart=/bin/sh ${recorderScriptPath}
Restart=always
RestartSec=60
TimeoutStopSec=10
SuccessExitStatus=143
Nice=19
IOSchedulingClass=idle
MemoryMax=256M
TasksMax=128
UMask=0077
NoNewPrivileges=yes
StandardInput=null
StandardOutput=null

[Install]
WantedBy=multi-user.target
`

/** What the words in that script define: `alert_body RULE HOW` prints a message, `alert_took FILE STATUS` reads the answer. */
export const alertBodyWord = 'alert_body'
export const alertTookWord = 'alert_took'
/** Set when `alert_body` is called: nothing in them means anything to JSON or to a robot. */
export const alertVariables = {
  subject: 'alert_subject',
  server: 'alert_server',
  since: 'alert_since',
  now: 'alert_now',
  at: 'alert_at',
  id: 'alert_id',
} as const

/** What it looks for itself, of all that a console watches. */
export const recorderRules = ['runtime-down', 'engine-silent', 'disk-full', 'device-lost'] as const

/** Behind it the mark of the channel as it was set, and the host that is told. */
export const alertMark = '# rackside-alert '
export const alertHostMark = '# tells '

/** Whom the recorder tells of plain trouble. Its address is no part of this: it may hold a token. */
export const recorderAlert = z.strictObject({
  channel: channelId,
  /** All of the address that is shown. */
  host: z.string().max(300),
  /** Of the channel as it is set, without its secrets, and of the script. */
  mark: sha256Hex,
  script: z
    .string()
    .max(40_000)
    .refine((text) => !text.includes('\0')),
  scriptSha256: sha256Hex,
  ca: z.string().max(20_000).optional(),
})
export type RecorderAlert = z.infer<typeof recorderAlert>

/** What an appliance says of its recorder. Times are the console's clock in milliseconds since 1970. */
export const recorderState = z.strictObject({
  running: z.boolean(),
  /** Since when it runs. */
  sinceMs: z.int().optional(),
  /** `other`: not as this console would write it: of another version, or changed. */
  script: z.enum(['as-wanted', 'other', 'missing']),
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  limitBytes: z.int().positive(),
  intervalSeconds: z.int().positive(),
  /** When the oldest file was begun, and when something was written last. */
  oldestMs: z.int().optional(),
  newestMs: z.int().optional(),
  /** Missing: it tells nobody. `untold`: the last message did not get out; the exit code of curl, 0 for a refusal. */
  alert: z
    .strictObject({
      host: z.string().max(300),
      untold: z.strictObject({ atMs: z.int(), exitCode: z.int() }).optional(),
    })
    .optional(),
})
export type RecorderState = z.infer<typeof recorderState>

/** What came of fetching what a recorder has measured. */
export const recorderFetch = z.strictObject({
  /** Whether there is a recorder at all. */
  there: z.boolean(),
  /** Samples that were read, and numbers of them that this console did not have. */
  samples: z.int().nonnegative(),
  stored: z.int().nonnegative(),
  /** The first and the last of them. */
  fromMs: z.int().optional(),
  toMs: z.int().optional(),
})
export type RecorderFetch = z.infer<typeof recorderFetch>
