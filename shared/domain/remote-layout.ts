// Where things of ours lie on an appliance. One folder, root-owned, with a format number, so that
// any console finds the same truth and an uninstall knows what is ours.
export const remoteRoot = '/var/lib/rackside'
export const remoteArtifacts = `${remoteRoot}/artifacts`
/** A folder of weights each, `sha256-<hex of the list of its files>`: hard links to artifacts. `*.new`: half of one. */
export const remoteModels = `${remoteRoot}/models`
/** An empty file an artifact, under its name: the whole of it was hashed, and is what it is called. */
export const remoteChecked = `${remoteRoot}/checked`
/** Half-sent artifacts: `sha256-<hex>.part` beside `sha256-<hex>.chunks` (lines "index sha256") and `.arrived`. */
export const remoteStaging = `${remoteRoot}/staging`
/** Scripts of units that run now, root only; each removes itself when it starts. */
export const remoteUnits = `${remoteRoot}/units`
/** One JSON file a deployment: what should be running here. */
export const remoteDeployments = `${remoteRoot}/deployments`
/** One JSON file an image that Rackside loaded, named by the digest of its config. */
export const remoteImages = `${remoteRoot}/images`
/** A folder a deployment, in it one step spec a version, `<spec digest>.json`: what a person can go back to. */
export const remoteVersions = `${remoteRoot}/versions`
/** A folder a deployment, in it one a replacement, `<time>-<spec digest of what was replaced>`, in it `<volume>.tar`. */
export const remoteBackups = `${remoteRoot}/backups`
/** One JSON file a deployment: whose its name, its data, its secrets and its network are. */
export const remoteOwners = `${remoteRoot}/owners`
/** The server under the stack as it was when the stack was last proven. */
export const remoteBaseline = `${remoteRoot}/baseline.json`
/** What steps made of the system itself: `<name>.json` what, `<name>.before.json` what was there before. */
export const remoteMade = `${remoteRoot}/made`
/** Root only. A folder a deployment, in it `<name>.<generation>`: secrets that the appliance made for its services. */
export const remoteSecrets = `${remoteRoot}/secrets`
/** Root only. A folder a deployment: files that its container sees in `files-<digest>/`, and `env-<digest>`. */
export const remoteServices = `${remoteRoot}/services`
/** Root only. A folder a deployment, in it how its tasks ended: `<task>.<digits of what it does>.job`,
 * `<task>.<digits of the version that it tried>.probe` with the probe itself, `.step`. */
export const remoteTasks = `${remoteRoot}/tasks`
/**
 * Patterns of `find -path`: the files that an uninstall leaves where data of services stay, with the secrets that they may
 * be locked with, whose they are, and what jobs have made of them.
 */
export const remoteDataFiles = [
  `${remoteBackups}/*`,
  `${remoteMade}/volume.*`,
  `${remoteOwners}/*`,
  `${remoteSecrets}/*`,
  `${remoteTasks}/*.job`,
] as const
/** Files of packages under the names they were published with, while they are installed. */
export const remotePackages = `${remoteRoot}/packages`
/** Root only, where a recorder was wanted: its script, and in `ring/` what it measured. */
export const remoteRecorder = `${remoteRoot}/recorder`
/** Root only. A file a console, `<console id>.jsonl`: its audit of acts here. */
export const remoteAudit = `${remoteRoot}/audit`
export const remoteJournal = `${remoteRoot}/journal`
/** The name of the run that began last. */
export const remoteNewestRun = `${remoteJournal}/newest`
/** Held with flock by the one writer; its content says who holds it. */
export const remoteLock = `${remoteRoot}/lock`
/** Who proves something inside that lock, which is no run: a text left in the lock itself is a run that ended without a word. */
export const remoteProver = `${remoteLock}.prover`
/** Runtime records that must not survive a reboot (process ids of hung vendor tools). */
export const remoteRuntime = '/run/rackside'
/** Locked while a step is at work that ends with its console; its content says which one. */
export const remoteStep = `${remoteRuntime}/step`
/** Where no systemd keeps them, what is known of units: `<unit>.pid`, locked while it runs, and `<unit>.log`. In memory,
 * so that a full disk is still told. */
export const remoteUnitRecords = `${remoteRuntime}/units`
/** A file here for each package that works only after a reboot; the reboot itself takes it away. */
export const remoteReboots = `${remoteRuntime}/reboot`
export const remoteFormat = 1
/** Not ours: it is there where systemd is PID 1. */
export const systemdFolder = '/run/systemd/system'

/** Every container has all of these but `volumeLabel`: what is empty says nothing, and older ones lack those that do. */
export const labelPrefix = 'rackside.'
export const deploymentLabel = 'rackside.deployment'
export const specLabel = 'rackside.spec'
export const runLabel = 'rackside.run'
export const entryLabel = 'rackside.entry'
export const versionLabel = 'rackside.version'
/** The host port the container publishes on the loopback; empty where it publishes none. */
export const portLabel = 'rackside.port'
/** "true" where somebody chose that port; empty where it is as the solution says. */
export const portChosenLabel = 'rackside.port-chosen'
/** Of a volume: which one of ours it is. */
export const volumeLabel = 'rackside.volume'
/** Of a container: the volumes that are saved before it is replaced, with blanks between them. */
export const backupLabel = 'rackside.backup'
/** JSON of the names of what a container has beyond the limits of every one; empty where it has nothing. */
export const privilegesLabel = 'rackside.privileges'
/** JSON of the settings that somebody chose; empty where nobody did. */
export const settingsLabel = 'rackside.settings'
/** JSON of the model service of another solution that an app uses; empty where it uses none. */
export const usesLabel = 'rackside.uses'
/** JSON of who vouched for what it was made from; empty where nobody did, and of what was made before it was said. */
export const publisherLabel = 'rackside.publisher'
/** JSON of the model that a runtime serves, with its version. */
export const modelLabel = 'rackside.model'
/** JSON of the deployment's proof: how any console finds out whether it answers. */
export const proofLabel = 'rackside.proof'
