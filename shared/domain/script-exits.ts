// How generated scripts end where a shell or a tool has no code of its own for it: written into the scripts, read
// by whoever ran them, and answered by the demo appliance.

/** The lease's wrapper, when the machine cannot run a lease. The reason is on stderr. */
export const unusableExitCode = 126

/** Any script that writes the journal, when the record is not on disk. */
export const noRecordExitCode = 90

/** A step's script, when the lock says that somebody else's run has taken the appliance over. */
export const lostLockExitCode = 93

/** A step's script, when its commands failed and what was there before is back. */
export const undoneExitCode = 94

/** The scripts that change which keys log in; stdout and stderr name the path. */
export const loginKeysExit = { home: 50, link: 51, kind: 52, owner: 53, readOnly: 54, locked: 55, write: 56 } as const

/** The scripts of an upload, over the codes that shells and tools use themselves. */
export const uploadExit = { folders: 40, write: 41, record: 43, incomplete: 44, tools: 45, other: 46 } as const

/** What the script of a task says in its last line, before the JSON of how it ended. */
export const taskEndedText = 'rackside: task ended '
