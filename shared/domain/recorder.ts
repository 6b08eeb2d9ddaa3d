// The recorder: a script of ours under systemd that goes on measuring an appliance while no console watches, into a ring
// of files of a stated size. Where it lies, how it is started, and what can be said of it.
import * as z from 'zod'
import { remoteRecorder } from './remote-layout.ts'

export const recorderScriptPath = `${remoteRecorder}/recorder.sh`
/** Files `<number>-<seconds since 1970>.frames` in the order in which they were begun; closed ones end in .gz. */
export const recorderRing = `${remoteRecorder}/ring`
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
